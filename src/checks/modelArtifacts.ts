import type { io } from '@tensorflow/tfjs-core';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import { fileBytes, fileJson } from './runModel.ts';

interface ModelJson {
  readonly modelTopology: object;
  readonly signature?: object;
  readonly weightsManifest: readonly [{ readonly weights: io.WeightsManifestEntry[] }];
}

/** What TF.js makes a model of, from `model.json` and `weights.bin`. */
export function modelArtifacts(files: readonly ExportedFile[]): io.ModelArtifacts {
  const { modelTopology, signature, weightsManifest } = fileJson(files, 'model.json') as ModelJson;
  return {
    modelTopology,
    weightSpecs: weightsManifest[0].weights,
    weightData: fileBytes(files, 'weights.bin').buffer,
    ...(signature === undefined ? {} : { signature }),
  };
}
