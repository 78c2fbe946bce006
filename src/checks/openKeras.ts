import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { startProcessorBackend } from '../engine/startProcessorBackend.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { bytesInMemory } from '../network/byteSource.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { modelArtifacts } from './modelArtifacts.ts';
import { fileBytes, type OpenModel } from './runModel.ts';

/** Reads `path` with the app's importer and runs what it finds through TF.js's own layers. */
const openKerasFile =
  (path: string): OpenModel =>
  async (files, inputShape) => {
    const opened = await openNetwork([bytesInMemory(path, fileBytes(files, path))]);
    if (!('network' in opened)) throw new Error(`${path} was not read as layers`);
    await startProcessorBackend();
    const artifacts = modelArtifacts(tfjsLayersFiles(opened.network));
    const model = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
    return async (pixels, numPhotos) => {
      const output = tf.tidy(
        () => model.predict(tf.tensor(pixels, [numPhotos, ...inputShape])) as tf.Tensor,
      );
      const answers = await output.data<'float32'>();
      output.dispose();
      return answers;
    };
  };

export const openKeras = openKerasFile('model.keras');

export const openKerasH5 = openKerasFile('model.h5');
