import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cut } from '../../domain/cut.ts';
import { DEFAULT_DEEPER_CONFIG, type DeeperConfig } from '../../domain/headConfig.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { predictWithLayers } from '../../engine/layersModelFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { invertedResidual, positionOf } from '../../engine/training/generatedBasesFixture.ts';
import { randomRows } from '../../engine/training/trainingFixture.ts';
import { tfjsLayersFiles } from '../../exporters/tfjsLayers.ts';
import { ownBuffer } from '../../network/kerasModelFixture.ts';
import { classifierNetwork, pooledNetwork } from '../../network/compose.ts';
import type { Network } from '../../network/network.ts';
import { withTuned } from '../../network/tunedNetwork.ts';
import type { Solution } from '../solver.ts';
import type { LabelledActivations } from '../trainingSet.ts';
import { solveDeeper } from './solveDeeper.ts';
import { labelled } from './tuningFixture.ts';

const INPUT_SHAPE = [6, 6, 8];
const network = invertedResidual();
const cut: Cut = { positions: [positionOf(network, 'out_relu')], pooling: 'global-average' };
const start = {
  positions: [positionOf(network, 'add')],
  pooling: 'flatten',
  layer: 'add',
} as const;
const CONFIG: DeeperConfig = {
  ...DEFAULT_DEEPER_CONFIG,
  start,
  learningRate: 0.003,
  epochs: 4,
  batchSize: 5,
};
const photos = labelled(randomRows(15, 6 * 6 * 8));

async function answersOf(each: Network, { activations, classIndices }: LabelledActivations) {
  const plan = createPlan(each, INPUT_SHAPE);
  const answers = await plan.run(activations, classIndices.length);
  plan.dispose();
  return answers;
}

/** What a run finds in storage: the whole outputs of the earlier cut. */
async function storedPart(): Promise<LabelledActivations> {
  return { ...photos, activations: await answersOf(pooledNetwork(network, start), photos) };
}

async function solved(config: DeeperConfig) {
  const train = await storedPart();
  const activationSize = train.activations.length / train.classIndices.length;
  const set = { train, validation: null, activationSize, numClasses: 3 };
  const base = { network, cut, inputShape: INPUT_SHAPE };
  const losses: number[] = [];
  const solving = solveDeeper(set, config, base, new AbortController().signal);
  let step = await solving.next();
  while (step.done !== true) {
    if (step.value.kind === 'epoch') losses.push(step.value.metrics.loss);
    step = await solving.next();
  }
  return { ...step.value, losses, train };
}

const classifierOf = ({ weights, tuned }: Solution) =>
  classifierNetwork({ network: withTuned(network, tuned), cut, head: weights });

describe.each(TEST_BACKENDS)('solveDeeper on %s', (backend) => {
  beforeEach(async () => {
    await useTestBackend(backend);
    vi.stubGlobal('navigator', { deviceMemory: 4 });
  });

  it.each(['frozen', 'trained'] as const)(
    'answers as the tuned network does from the pixels on, and as its export does; batch norm %s',
    async (batchNorm) => {
      const solution = await solved({ ...CONFIG, batchNorm });
      const told = await solution.answer?.(solution.train);
      const classifier = classifierOf(solution);
      const predicted = await answersOf(classifier, photos);
      expect(relativeDistance(predicted, told ?? predicted.map(() => NaN))).toBeLessThan(1e-5);

      const [model, weights] = tfjsLayersFiles(classifier);
      const files = {
        modelJson: new TextDecoder().decode(model?.bytes),
        weights: ownBuffer(weights?.bytes ?? new Uint8Array()),
      };
      const shape = [photos.classIndices.length, ...INPUT_SHAPE];
      const exported = await predictWithLayers(files, photos.activations, shape);
      expect(relativeDistance(exported, predicted)).toBeLessThan(1e-5);
    },
  );

  it('begins at the optimum of the head on the base as it is, and goes on from there', async () => {
    const { losses } = await solved({ ...CONFIG, epochs: 12 });
    const untrained = Math.log(3);
    expect(losses[0]).toBeLessThan(0.9 * untrained);
    expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] ?? 0));
  });

  it('trains what lies above the start, and nothing else', async () => {
    const frozen = await solved(CONFIG);
    const names = frozen.tuned?.map(({ position, role }) => [network.layers[position]?.name, role]);
    expect(names).toEqual([['last', 'kernel']]);
    const trained = await solved({ ...CONFIG, batchNorm: 'trained' });
    expect(trained.tuned?.map(({ role }) => role)).toEqual([
      'kernel',
      'gamma',
      'beta',
      'mean',
      'variance',
    ]);
  });

  it('refuses what the device has no memory for', async () => {
    vi.stubGlobal('navigator', { deviceMemory: 1e-6 });
    await expect(solved(CONFIG)).rejects.toMatchObject({ code: 'training-too-large' });
  });
});

describe('withTuned', () => {
  const values = new Float32Array(2);

  it.each([
    { position: 99, role: 'kernel', shape: [2], values },
    { position: positionOf(network, 'last'), role: 'kernel', shape: [2], values },
    { position: positionOf(network, 'add'), role: 'kernel', shape: [2], values },
  ] as const)('refuses a tensor that the base has not: $position $role', (tensor) => {
    expect(() => withTuned(network, [tensor])).toThrow(
      expect.objectContaining({ code: 'base-invalid' }),
    );
  });
});
