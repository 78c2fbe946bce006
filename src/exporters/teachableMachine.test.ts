import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeadWeights } from '../domain/head.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { classifierNetwork } from '../network/compose.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import {
  everyKindNetwork,
  fileBytes,
  fileText,
  formulaDeepHead,
  formulaHead,
  formulaPixels,
  SMALL_SPEC,
} from './exportFixture.ts';
import type { ExportedFile } from './exportedFile.ts';
import { teachableMachineFiles } from './teachableMachine.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const labels = ['cat', 'dog\nor wolf', '狐狸 <b>'];

function exported(network: Network, preprocessing: PreprocessingSpec): ExportedFile[] {
  const createdAt = new Date(Date.UTC(2026, 0, 2));
  return teachableMachineFiles({
    network,
    labels,
    preprocessing,
    modelName: 'My “model”',
    createdAt,
  });
}

/** The app's own way: pixels in the base's range through the plan. */
async function planProbabilities(
  network: Network,
  pixels: Uint8ClampedArray,
  spec: PreprocessingSpec,
): Promise<Float32Array> {
  const values = new Float32Array(pixels.length);
  writeInput(pixels, spec, values, 0);
  const plan = createPlan(network, [spec.inputHeight, spec.inputWidth, 3]);
  const probabilities = await plan.run(values, 1);
  plan.dispose();
  return probabilities;
}

/** A user's way: the files in plain TF.js, on `x / 127 - 1`. */
async function reloadedProbabilities(
  files: readonly ExportedFile[],
  pixels: Uint8ClampedArray,
  { inputHeight, inputWidth }: PreprocessingSpec,
): Promise<Float32Array> {
  const { modelTopology, weightsManifest } = JSON.parse(fileText(files, 'model.json')) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = fileBytes(files, 'weights.bin').buffer;
  const artifacts = { modelTopology, weightSpecs, weightData };
  const model = await tf.loadLayersModel({ load: () => Promise.resolve(artifacts) });
  const input = tf.tensor4d(
    Float32Array.from(pixels, (x) => x / 127 - 1),
    [1, inputHeight, inputWidth, 3],
  );
  const output = model.predict(input) as tf.Tensor;
  const probabilities = await output.data<'float32'>();
  tf.dispose([input, output]);
  model.dispose();
  return probabilities;
}

async function expectSameAnswers(
  network: Network,
  cutPosition: number,
  head: HeadWeights,
  spec: PreprocessingSpec,
): Promise<void> {
  const cut = { positions: [cutPosition], pooling: 'global-average' } as const;
  const classifier = classifierNetwork({ network, cut, head });
  const pixels = formulaPixels(spec.inputHeight, spec.inputWidth);
  const expected = await planProbabilities(classifier, pixels, spec);
  const actual = await reloadedProbabilities(exported(classifier, spec), pixels, spec);
  expect(actual).toHaveLength(3);
  for (const [index, probability] of actual.entries()) {
    expect(Math.abs(probability - (expected[index] ?? NaN))).toBeLessThan(1e-3);
  }
  // A test in which every class is equally likely would notice nothing.
  expect(Math.max(...actual) - Math.min(...actual)).toBeGreaterThan(0.1);
}

describe('teachableMachineFiles', () => {
  it('gives the app’s probabilities in plain TF.js, with every kind of layer', async () => {
    const network = everyKindNetwork();
    await expectSameAnswers(network, network.layers.length - 1, formulaHead(5, 3), SMALL_SPEC);
  });

  it('gives the app’s probabilities in plain TF.js with hidden layers', async () => {
    const network = everyKindNetwork();
    const cut = network.layers.length - 1;
    await expectSameAnswers(network, cut, formulaDeepHead(5, 3), SMALL_SPEC);
  });

  it('gives the app’s probabilities in plain TF.js with the starter base', async () => {
    const folder = 'public/bases/starter';
    const network = loadTfjsLayers({
      modelJson: readFileSync(`${folder}/model.json`, 'utf8'),
      weights: ownBuffer(readFileSync(`${folder}/weights.bin`)),
    });
    const spec = { ...SMALL_SPEC, inputHeight: 128, inputWidth: 128 };
    await expectSameAnswers(network, 154, formulaHead(1280, 3), spec);
  }, 60_000);

  it('brings Teachable Machine’s input into the range of any base', async () => {
    const network = everyKindNetwork();
    const cut = network.layers.length - 1;
    const spec = { ...SMALL_SPEC, scale: [1 / 255], offset: [0.25] };
    await expectSameAnswers(network, cut, formulaHead(5, 3), spec);
  });

  it('turns the channels round for a base that wants blue first', async () => {
    const network = everyKindNetwork();
    const cut = network.layers.length - 1;
    const range = { channelOrder: 'bgr', scale: [0.01, 0.02, 0.03], offset: [-1, 0, 0.5] } as const;
    await expectSameAnswers(network, cut, formulaHead(5, 3), { ...SMALL_SPEC, ...range });
  });

  it('has Teachable Machine’s metadata', () => {
    const files = exported(everyKindNetwork(), SMALL_SPEC);
    expect(JSON.parse(fileText(files, 'metadata.json'))).toEqual({
      tfjsVersion: '1.3.1',
      packageVersion: '0.8.4',
      packageName: '@teachablemachine/image',
      modelName: 'My “model”',
      timeStamp: '2026-01-02T00:00:00.000Z',
      labels,
      userMetadata: {},
      grayscale: false,
      imageSize: 12,
    });
  });

  it('has one line a class in labels.txt, whatever the names', () => {
    const files = exported(everyKindNetwork(), SMALL_SPEC);
    expect(fileText(files, 'labels.txt')).toBe('0 cat\n1 dog or wolf\n2 狐狸 <b>\n');
  });

  it('says how to feed the exported model, which is not how to feed the base', () => {
    const files = exported(everyKindNetwork(), SMALL_SPEC);
    expect(JSON.parse(fileText(files, 'preprocessing.json'))).toMatchObject({
      spec: { ...SMALL_SPEC, scale: [1 / 127], offset: [-1] },
      input: { shape: [null, 12, 12, 3] },
      insideTheModel: { layer: 'input_range', scale: [1 / 127.5], offset: [-1] },
    });
  });
});
