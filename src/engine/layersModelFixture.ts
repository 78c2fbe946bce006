import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { fixtureModel } from '../network/kerasModelFixture.ts';

export type ModelFiles = ReturnType<typeof fixtureModel>;

/** The answer of TF.js's own layers, which neither folds nor fuses, for a batch of `shape`. */
export async function predictWithLayers(
  files: ModelFiles,
  batch: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const model = JSON.parse(files.modelJson) as {
    modelTopology: object;
    weightsManifest: [{ weights: [] }];
  };
  const weightSpecs = model.weightsManifest[0].weights;
  const artifacts = { modelTopology: model.modelTopology, weightSpecs, weightData: files.weights };
  const layers = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
  const output = tf.tidy(() => layers.predict(tf.tensor(batch, [...shape])) as tf.Tensor);
  const values = await output.data<'float32'>();
  layers.dispose();
  output.dispose();
  return values;
}
