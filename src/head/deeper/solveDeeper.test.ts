import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { predictWithLayers } from '../../engine/layersModelFixture.ts';
import { positionOf } from '../../engine/training/generatedBasesFixture.ts';
import { tfjsLayersFiles } from '../../exporters/tfjsLayers.ts';
import { ownBuffer } from '../../network/kerasModelFixture.ts';
import { classifierNetwork } from '../../network/compose.ts';
import { withTuned } from '../../network/tunedNetwork.ts';
import type { Solution } from '../solver.ts';
import { answersOf, BASE, CONFIG, CUT, INPUT_SHAPE, PHOTOS, solved } from './deeperFixture.ts';

const classifierOf = ({ weights, tuned }: Solution) =>
  classifierNetwork({ network: withTuned(BASE, tuned), cut: CUT, head: weights });

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
      const predicted = await answersOf(classifier, PHOTOS);
      expect(relativeDistance(predicted, told ?? predicted.map(() => NaN))).toBeLessThan(1e-5);

      const [model, weights] = tfjsLayersFiles(classifier);
      const files = {
        modelJson: new TextDecoder().decode(model?.bytes),
        weights: ownBuffer(weights?.bytes ?? new Uint8Array()),
      };
      const shape = [PHOTOS.classIndices.length, ...INPUT_SHAPE];
      const exported = await predictWithLayers(files, PHOTOS.activations, shape);
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
    const names = frozen.tuned?.map(({ position, role }) => [BASE.layers[position]?.name, role]);
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
    { position: positionOf(BASE, 'last'), role: 'kernel', shape: [2], values },
    { position: positionOf(BASE, 'add'), role: 'kernel', shape: [2], values },
  ] as const)('refuses a tensor that the base has not: $position $role', (tensor) => {
    expect(() => withTuned(BASE, [tensor])).toThrow(
      expect.objectContaining({ code: 'base-invalid' }),
    );
  });
});
