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
      const rows: Float32Array[] = [];
      const size = pixels.length / numPhotos;
      // All at once would take many times the memory, and longer.
      for (let photo = 0; photo < numPhotos; photo++) {
        const picture = pixels.subarray(photo * size, (photo + 1) * size);
        const output = tf.tidy(() => model.predict(tf.tensor(picture, [1, ...inputShape])));
        rows.push(await (output as tf.Tensor).data<'float32'>());
        tf.dispose(output);
      }
      return Float32Array.from(rows.flatMap((row) => [...row]));
    };
    return { run, dispose: () => model.dispose() };
  },
});

export const keras = kerasRuntime('model.keras');

export const kerasH5 = kerasRuntime('model.h5');
