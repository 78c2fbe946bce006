import { loadGraphModel } from '@tensorflow/tfjs-converter';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { writeInput } from '../engine/preprocess.ts';
import { startTfjs } from './startTfjs.ts';
import { carriedFiles } from './carriedFiles.ts';
import { modelArtifacts } from './modelArtifacts.ts';
import { fileJson, type ReopenedModel, type Runtime, type RunModel } from './runModel.ts';

interface Predictor {
  predict(input: tf.Tensor): unknown;
  dispose(): unknown;
}

const tfjsRuntime = (
  load: (handler: tf.io.IOHandler) => Promise<Predictor>,
  filesOf = (files: readonly ExportedFile[]) => files,
): Runtime => ({
  start: startTfjs,
  open: async (given) => {
    const files = filesOf(given);
    await startTfjs();
    const model = await load({ load: () => Promise.resolve(modelArtifacts(files)) });
    return reopened(model, files);
  },
});

/** TF.js's own layers, on what Teachable Machine's library would give them. */
export const tfjsLayers = tfjsRuntime(loadLayersModel);

/** What a page carries in itself. */
export const webPage = tfjsRuntime(loadLayersModel, carriedFiles);

export const tfjsGraph = tfjsRuntime(loadGraphModel);

/** One photo after the other, through the input values that `preprocessing.json` speaks of. */
function reopened(model: Predictor, files: readonly ExportedFile[]): ReopenedModel {
  const { spec } = fileJson(files, 'preprocessing.json') as { readonly spec: PreprocessingSpec };
  const { inputHeight, inputWidth } = spec;
  const numChannels = numInputChannels(spec);
  const numPixels = inputHeight * inputWidth;
  const run: RunModel = async (pixels, numPhotos) => {
    const answers: number[] = [];
    for (let photo = 0; photo < numPhotos; photo++) {
      const picture = pixels.subarray(photo * numPixels * 3, (photo + 1) * numPixels * 3);
      const values = new Float32Array(numPixels * numChannels);
      writeInput(Uint8ClampedArray.from(picture), spec, values, 0);
      const input = tf.tensor(values, [1, inputHeight, inputWidth, numChannels]);
      const output = model.predict(input) as tf.Tensor;
      answers.push(...(await output.data<'float32'>()));
      tf.dispose([input, output]);
    }
    return Float32Array.from(answers);
  };
  return { run, dispose: () => model.dispose() };
}
