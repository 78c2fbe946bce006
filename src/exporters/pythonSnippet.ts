import type { ExportFormat } from '../domain/exportFormat.ts';
import { textFile, type ExportedFile } from './exportedFile.ts';
import photoInput from './snippets/photo_input.py?raw';
import predictKeras from './snippets/predict_keras.py?raw';
import predictOnnx from './snippets/predict_onnx.py?raw';
import predictTflite from './snippets/predict_tflite.py?raw';

/** `null` where the format is not one for Python. */
const PROGRAMS: Readonly<Record<ExportFormat, string | null>> = {
  'web-page': null,
  'tfjs-layers': null,
  'tfjs-graph': null,
  keras: predictKeras,
  'keras-h5': predictKeras,
  onnx: predictOnnx,
  'onnx-float16': predictOnnx,
  tflite: predictTflite,
  'tflite-float16': predictTflite,
  'tflite-int8': predictTflite,
};

/**
 * A program that classifies photos with the exported model: `predict.py`, and `photo_input.py`, which
 * prepares them as the app does. Nothing for formats that Python has no use for.
 */
export function pythonSnippet(format: ExportFormat): ExportedFile[] {
  const program = PROGRAMS[format];
  if (program === null) return [];
  return [textFile('predict.py', program), textFile('photo_input.py', photoInput)];
}
