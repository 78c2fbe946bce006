import type { ClassifierExport } from '../classifierExport.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { labelsFile } from '../labelsFile.ts';
import { withPixelInput } from '../pixelInput.ts';
import { pixelInputFile } from '../preprocessingFile.ts';
import type { FloatType } from './messages.ts';
import { onnxModel } from './onnxModel.ts';

/**
 * `model.onnx`, which takes 8-bit RGB as float32, [batch, height, width, 3], with what describes it.
 * `weights`: as what they are kept; float16 ones are widened when the model is loaded.
 */
export function onnxFiles(
  { network, labels, preprocessing }: ClassifierExport,
  weights: FloatType,
): ExportedFile[] {
  const { inputHeight, inputWidth } = preprocessing;
  const model = onnxModel(
    withPixelInput(network, preprocessing),
    [inputHeight, inputWidth, 3],
    weights,
  );
  return [{ path: 'model.onnx', bytes: model }, labelsFile(labels), pixelInputFile(preprocessing)];
}
