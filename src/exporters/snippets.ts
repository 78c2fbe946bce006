import type { ModelFormat } from '../domain/exportFormat.ts';
import { textFile, type ExportedFile } from './exportedFile.ts';
import { javaScriptExamples } from './javaScriptExamples.ts';
import photoInput from './snippets/photo_input.py?raw';
import predictKeras from './snippets/predict_keras.py?raw';
import predictOnnx from './snippets/predict_onnx.py?raw';
import predictTflite from './snippets/predict_tflite.py?raw';

/** Programs for formats that Python reads. */
const PYTHON: Partial<Readonly<Record<ModelFormat, string>>> = {
  keras: predictKeras,
  'keras-h5': predictKeras,
  onnx: predictOnnx,
  'onnx-float16': predictOnnx,
  tflite: predictTflite,
  'tflite-float16': predictTflite,
  'tflite-int8': predictTflite,
};

/** What runs formats that are for JavaScript, in browsers and in Node. */
const JAVASCRIPT: Partial<Readonly<Record<ModelFormat, 'onnx' | 'tfjs'>>> = {
  'tfjs-layers': 'tfjs',
  'tfjs-graph': 'tfjs',
  onnx: 'onnx',
  'onnx-float16': 'onnx',
};

/**
 * Programs that classify photos with the exported model, prepared as the app prepares them: `predict.py` with
 * `photo_input.py`, and the folder `examples` for JavaScript. Those that the format is of use to.
 */
export function snippetFiles(format: ModelFormat): ExportedFile[] {
  const python = PYTHON[format];
  const runtime = JAVASCRIPT[format];
  return [
    ...(python === undefined
      ? []
      : [textFile('predict.py', python), textFile('photo_input.py', photoInput)]),
    ...(runtime === undefined ? [] : javaScriptExamples(runtime)),
  ];
}
