import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { startTfjs } from './startTfjs.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { bytesInMemory } from '../network/byteSource.ts';
import { loadHdf5Library } from '../network/hdf5/library.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { modelArtifacts } from './modelArtifacts.ts';
import { fileBytes, type RunModel, type Runtime } from './runModel.ts';

/** Reads `path` with the app's importer and runs what it finds through TF.js's own layers. */
const kerasRuntime = (path: string): Runtime => ({
  start: () => Promise.all([startTfjs(), loadHdf5Library()]),
  open: async (files, inputShape) => {
    const opened = await openNetwork([bytesInMemory(path, fileBytes(files, path))]);
    if (!('network' in opened)) throw new Error(`${path} was not read as layers`);
    await startTfjs();
    const artifacts = modelArtifacts(tfjsLayersFiles(opened.network));
    const model = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
    const run: RunModel = async (pixels, numPhotos) => {
      const output = tf.tidy(
        () => model.predict(tf.tensor(pixels, [numPhotos, ...inputShape])) as tf.Tensor,
      );
      const answers = await output.data<'float32'>();
      output.dispose();
      return answers;
    };
    return { run, dispose: () => model.dispose() };
  },
});

export const keras = kerasRuntime('model.keras');

export const kerasH5 = kerasRuntime('model.h5');
