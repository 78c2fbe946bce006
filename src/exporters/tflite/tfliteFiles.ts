import type { ClassifierExport } from '../classifierExport.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { labelsFile } from '../labelsFile.ts';
import { withPixelInput } from '../pixelInput.ts';
import { pixelInputFile } from '../preprocessingFile.ts';
import { tfliteModel, type TfliteNumbers } from './tfliteModel.ts';

/** `model.tflite`, which takes 8-bit RGB as float32, [1, height, width, 3], with what describes it. */
export async function tfliteFiles(
  { network, labels, preprocessing, modelName }: ClassifierExport,
  numbers: TfliteNumbers,
): Promise<ExportedFile[]> {
  const { inputHeight, inputWidth } = preprocessing;
  const model = await tfliteModel(
    {
      network: withPixelInput(network, preprocessing),
      inputShape: [inputHeight, inputWidth, 3],
      labels,
      modelName,
    },
    numbers,
  );
  return [
    { path: 'model.tflite', bytes: model },
    labelsFile(labels),
    pixelInputFile(preprocessing),
  ];
}
