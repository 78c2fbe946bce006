import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test, vi } from 'vitest';
import type { GoldenAnswers } from '../bridge/exportMethods.ts';
import type { ModelFormat } from '../domain/exportFormat.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { startProcessorBackend } from '../engine/startProcessorBackend.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import {
  everyKindNetwork,
  formulaHead,
  formulaPixels,
  SMALL_SPEC,
} from '../exporters/exportFixture.ts';
import { kerasFile } from '../exporters/keras/kerasFile.ts';
import { kerasFiles } from '../exporters/keras/kerasFiles.ts';
import { kerasH5File } from '../exporters/keras/kerasH5.ts';
import { onnxFiles } from '../exporters/onnx/onnxFiles.ts';
import { tfjsGraphFiles } from '../exporters/tfjsGraph/tfjsGraphFiles.ts';
import { tfliteFiles } from '../exporters/tflite/tfliteFiles.ts';
import { teachableMachineFiles } from '../exporters/teachableMachine.ts';
import { classifierNetwork } from '../network/compose.ts';
import { checkExport } from './checkExport.ts';
import { asBlobs } from '../exporters/blobFile.ts';

// In Node the runtime finds its own file.
vi.mock('onnxruntime-web/wasm', () => import('onnxruntime-web'));
vi.mock('onnxruntime-web/ort-wasm-simd-threaded.wasm?url', () => ({ default: undefined }));
vi.mock('@litertjs/core/wasm/litert_wasm_compat_internal.js', () => import('./liteRtFixture.ts'));
vi.mock('@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url', () => ({ default: '' }));

const base = everyKindNetwork();
const network = classifierNetwork({
  network: base,
  cut: { positions: [base.layers.length - 1], pooling: 'global-average' },
  head: formulaHead(5, 3),
});
const classifier = {
  network,
  labels: ['a', 'b', 'c'],
  preprocessing: SMALL_SPEC,
  modelName: 'Pets',
  createdAt: new Date(0),
};

const FILES: readonly (readonly [ModelFormat, () => ExportedFile[] | Promise<ExportedFile[]>])[] = [
  ['tfjs-layers', () => teachableMachineFiles(classifier)],
  ['tfjs-graph', () => tfjsGraphFiles(classifier)],
  ['keras', () => kerasFiles(classifier, kerasFile)],
  ['keras-h5', () => kerasFiles(classifier, kerasH5File)],
  ['onnx', () => onnxFiles(classifier, 'float32')],
  ['onnx-float16', () => onnxFiles(classifier, 'float16')],
  ['tflite', () => tfliteFiles(classifier, { kind: 'float32' })],
  ['tflite-float16', () => tfliteFiles(classifier, { kind: 'float16' })],
];

let golden: GoldenAnswers;

beforeAll(async () => {
  await startProcessorBackend();
  const pixels = new Uint8ClampedArray([
    ...formulaPixels(12, 12),
    ...formulaPixels(12, 12).reverse(),
  ]);
  const input = new Float32Array(pixels.length);
  writeInput(pixels, SMALL_SPEC, input, 0);
  const answers = await createPlan(network, [12, 12, 3]).run(input, 2);
  golden = {
    shape: [2, 12, 12, 3],
    pixels: new Blob([pixels]),
    imageHashes: [],
    probabilities: Float32Array.from(answers),
  };
});

test.each(FILES)('reopens %s and finds the answers of the app', async (format, write) => {
  const { largestDifference } = await checkExport({
    format,
    files: asBlobs(await write()),
    golden,
  });
  expect(largestDifference).toBeLessThan(format.endsWith('float16') ? 1e-2 : 1e-5);
});

test.each(FILES)(
  'finds out where %s answers for classes in another order',
  async (format, write) => {
    const turned = Float32Array.from(golden.probabilities).reverse();
    const wrong = { ...golden, probabilities: turned };
    const { largestDifference } = await checkExport({
      format,
      files: asBlobs(await write()),
      golden: wrong,
    });
    expect(largestDifference).toBeGreaterThan(0.01);
  },
);

test.each(FILES)('holds nothing of %s when its check is over', async (format, write) => {
  const files = asBlobs(await write());
  const before = tf.memory().numTensors;
  await checkExport({ format, files, golden });
  expect(tf.memory().numTensors).toBe(before);
});

test('says that a file cannot be opened, and by what', async () => {
  const files = asBlobs(onnxFiles(classifier, 'float32')).map((file) => ({
    ...file,
    bytes: file.path === 'model.onnx' ? file.bytes.slice(0, 400) : file.bytes,
  }));
  await expect(checkExport({ format: 'onnx', files, golden })).rejects.toMatchObject({
    code: 'export-unreadable',
    details: { runtime: 'ONNX Runtime Web' },
  });
});

test('takes too few answers for none at all', async () => {
  const short = { ...golden, probabilities: golden.probabilities.slice(1) };
  const files = asBlobs(onnxFiles(classifier, 'float32'));
  const { largestDifference } = await checkExport({ format: 'onnx', files, golden: short });
  expect(largestDifference).toBe(Infinity);
});
