import type { CompletedRun } from '../../domain/trainingRun.ts';
import { pooledNetwork } from '../../network/compose.ts';
import type { Network } from '../../network/network.ts';
import { jsonFile, type ExportedFile } from '../exportedFile.ts';
import { kerasFile } from '../keras/kerasFile.ts';
import { labelsFile } from '../labelsFile.ts';
import { withPixelInput } from '../pixelInput.ts';
import { pixelInputFile } from '../preprocessingFile.ts';
import { uniqueLayerNames } from '../uniqueLayerNames.ts';
import { jobDescription } from './jobDescription.ts';
import { startLayerName } from './startLayerName.ts';

/**
 * What a training job works on, but for its photos: the base up to the run's cut as `base.keras`, for RGB
 * from 0 to 255, and the settings. `base`: as it was before the run. Errors: unsupported-layer.
 */
export async function jobFiles(
  base: Network,
  run: CompletedRun,
  modelName: string,
): Promise<ExportedFile[]> {
  const { cut, preprocessing, labels } = run.classifier;
  // The same names whatever is left of the network, so that the program finds the start.
  const names = uniqueLayerNames(base.layers);
  const layers = base.layers.map((layer, i) => ({ ...layer, name: names[i] ?? layer.name }));
  const network = withPixelInput(pooledNetwork({ layers }, cut), preprocessing);
  const { bytes } = await kerasFile(network);
  const startLayer = startLayerName({ layers }, run);
  return [
    { path: 'base.keras', bytes },
    jsonFile('job.json', jobDescription(run, { modelName, startLayer })),
    labelsFile(labels.map(({ name }) => name)),
    pixelInputFile(preprocessing),
  ];
}
