import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerOf as layersAnswerOf, largestDifference } from '../checks/openedExportFixture.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { isOpaque } from '../engine/baseBody.ts';
import { createCutPlan } from '../engine/cutPlan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { formulaDeepHead, SMALL_SPEC } from '../exporters/exportFixture.ts';
import { tfjsGraphFiles } from '../exporters/tfjsGraph/tfjsGraphFiles.ts';
import { classifierNetwork } from '../network/compose.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  sizes,
  texts,
  weights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import type { GraphModelFiles } from '../network/loadGraphModel.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import {
  answerOf,
  filesOf,
  LABELS,
  modelFiles,
  PIXELS,
  SIDE,
} from '../checks/opaqueModelsFixture.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  // TF.js remarks on every graph that it runs.
  vi.spyOn(console, 'warn').mockReturnValue();
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

/** As a converter writes what was trained elsewhere, a flattened picture and a dropout in its head. */
function foreignClassifier(activation: string): GraphModelFiles {
  const fused = { fused_ops: texts('BiasAdd', 'Elu'), num_args: { i: '1' } };
  return graphModelFixture(
    [
      graphInput('in', SIDE, SIDE, 3),
      graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(2, 'SAME')),
      graphNode('Sin', 'sine', ['conv']),
      graphNode('Mul', 'square', ['sine', 'sine']),
      graphNode('Reshape', 'flat', ['square', 'flat/shape']),
      graphNode('_FusedMatMul', 'hidden', ['flat', 'hidden/w', 'hidden/b'], fused),
      graphNode('Identity', 'dropout', ['hidden']),
      graphNode('MatMul', 'product', ['dropout', 'out/w']),
      graphNode('BiasAdd', 'sum', ['product', 'out/b']),
      graphNode(activation, 'answer', ['sum']),
      graphNode('Identity', 'Identity', ['answer']),
    ],
    [
      weights('w', [3, 3, 3, 4]),
      sizes('flat/shape', [-1, 36]),
      weights('hidden/w', [36, 5]),
      weights('hidden/b', [5]),
      weights('out/w', [5, 3]),
      weights('out/b', [3]),
    ],
  );
}

describe('a graph of another program', () => {
  const labels = new File(['Mug\nBowl\nCup\n'], 'labels.txt');

  it('is taken apart where layers can say what is behind', async () => {
    const files = [...modelFiles(foreignClassifier('Softmax')), labels];
    const opened = await openModel(services, { files });
    expect(opened).toMatchObject({
      classNames: ['Mug', 'Bowl', 'Cup'],
      cut: { pooling: 'flatten' },
      base: { isPixelRangeGuessed: true },
    });
    expect(opened.head.hidden).toMatchObject([{ activation: 'elu' }]);
    const { network } = await services.loadBase(opened.base.id);
    if (!isOpaque(network)) throw new Error('Layers');
    const whole = { positions: [network.nodes.length - 1], pooling: 'none' } as const;
    const plan = await createCutPlan(network, whole, [SIDE, SIDE, 3], (body) => body);
    const input = new Float32Array(SIDE * SIDE * 3);
    writeInput(PIXELS, opened.preprocessing, input, 0);
    const expected = await plan.run(input, 1);
    plan.dispose();
    expect(largestDifference(await answerOf(services, opened), expected)).toBeLessThan(1e-6);
  });

  it('that ends in no softmax is refused, and nothing of it is stored', async () => {
    const files = [...modelFiles(foreignClassifier('Sigmoid')), labels];
    await expect(openModel(services, { files })).rejects.toMatchObject({
      code: 'no-classifier',
      details: { file: 'model.json' },
    });
    expect(await services.database.count('bases')).toBe(0);
  });
});

it('an export on layers that no graph has is opened as a graph that runs as it is', async () => {
  const conv = { filters: 4, kernel_size: [3, 3], activation: 'gelu' };
  const network = classifierNetwork({
    network: loadTfjsLayers(
      fixtureModel(
        [fixtureInput('in', SIDE, SIDE, 3), fixtureLayer('Conv2D', 'conv', conv, 'in')],
        [fixtureTensor('conv/kernel', 3, 3, 3, 4), fixtureTensor('conv/bias', 4)],
      ),
    ),
    cut: { positions: [1], pooling: 'global-max' },
    head: formulaDeepHead(4, 3),
  });
  const preprocessing = { ...SMALL_SPEC, inputHeight: SIDE, inputWidth: SIDE };
  const made = { labels: LABELS, preprocessing, modelName: 'Cups', createdAt: new Date(0) };
  const opened = await openModel(services, {
    files: filesOf(tfjsGraphFiles({ network, ...made })),
  });
  expect(opened).toMatchObject({ base: { isOpaque: true }, head: formulaDeepHead(4, 3) });
  const expected = await layersAnswerOf(network, preprocessing, PIXELS);
  expect(largestDifference(await answerOf(services, opened), expected)).toBeLessThan(1e-5);
});
