import * as tf from '@tensorflow/tfjs';

/** A function from the values and the shape of the input to the probabilities. */
export async function openModel(read) {
  const json = JSON.parse(new TextDecoder().decode(await read('model.json')));
  const { format, modelTopology, signature, weightsManifest } = json;
  const paths = weightsManifest.flatMap((group) => group.paths);
  const files = tf.io.fromMemory({
    modelTopology,
    signature,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: await Promise.all(paths.map(read)),
  });
  const isGraph = format === 'graph-model';
  const model = isGraph ? await tf.loadGraphModel(files) : await tf.loadLayersModel(files);
  return async (values, shape) => {
    const output = tf.tidy(() => model.predict(tf.tensor(values, shape)));
    const probabilities = await output.data();
    output.dispose();
    return probabilities;
  };
}
