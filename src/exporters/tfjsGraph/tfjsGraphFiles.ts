import type { ClassifierExport } from '../classifierExport.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { labelsFile } from '../labelsFile.ts';
import { withPixelInput } from '../pixelInput.ts';
import { pixelInputFile } from '../preprocessingFile.ts';
import { layersGraphFiles } from './layersGraph.ts';
import { opaqueGraphFiles, type GraphClassifier } from './opaqueGraphFiles.ts';

/**
 * `model.json` and `weights.bin` of a TF.js graph model, which takes 8-bit RGB as float32, [batch, height,
 * width, 3], with what describes it.
 */
export function tfjsGraphFiles({
  network,
  labels,
  preprocessing,
}: ClassifierExport): ExportedFile[] {
  const { inputHeight, inputWidth } = preprocessing;
  const whole = withPixelInput(network, preprocessing);
  const files = layersGraphFiles(whole, [inputHeight, inputWidth, 3]);
  return [...files, labelsFile(labels), pixelInputFile(preprocessing)];
}

/** The same on a base that runs as it is. */
export function opaqueTfjsGraphFiles(
  classifier: GraphClassifier,
  labels: readonly string[],
): ExportedFile[] {
  const files = opaqueGraphFiles(classifier);
  return [...files, labelsFile(labels), pixelInputFile(classifier.preprocessing)];
}
