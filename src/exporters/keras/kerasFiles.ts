import type { Network } from '../../network/network.ts';
import type { ClassifierExport } from '../classifierExport.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { labelsFile } from '../labelsFile.ts';
import { withPixelInput } from '../pixelInput.ts';
import { pixelInputFile } from '../preprocessingFile.ts';

/**
 * `model.keras` or `model.h5`, by `write`, which takes 8-bit RGB as float32, [batch, height, width, 3],
 * with what describes it. Errors: those of `write`.
 */
export async function kerasFiles(
  { network, labels, preprocessing }: ClassifierExport,
  write: (network: Network) => Promise<ExportedFile>,
): Promise<ExportedFile[]> {
  const model = await write(withPixelInput(network, preprocessing));
  return [model, labelsFile(labels), pixelInputFile(preprocessing)];
}
