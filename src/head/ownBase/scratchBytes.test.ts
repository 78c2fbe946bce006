import { expect, it } from 'vitest';
import { createRandom } from '../../domain/random.ts';
import { DEFAULT_SCRATCH_FIT, scratchBytes } from '../../domain/scratchFit.ts';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../domain/twoConvolutions.ts';
import { estimateTrainingBytes } from '../../engine/training/trainingMemory.ts';
import { twoConvolutions } from '../../network/architectures/twoConvolutions.ts';

it('the page’s estimate of memory is that of the training, and its pixels three times', () => {
  for (const settings of [
    DEFAULT_TWO_CONVOLUTIONS,
    { ...DEFAULT_TWO_CONVOLUTIONS, filters: 7, isGrey: true, poolSize: 3 },
  ]) {
    const demands = {
      network: twoConvolutions(settings, 4, createRandom(1)),
      positions: [0],
      inputShape: [32, 32, settings.isGrey ? 1 : 3],
      batchNorm: 'frozen',
      optimizer: 'adam',
      batchSize: DEFAULT_SCRATCH_FIT.batchSize,
    } as const;
    const expected = estimateTrainingBytes(demands);
    expect(scratchBytes(settings, DEFAULT_SCRATCH_FIT, 0, 4)).toBe(expected);
    const pixels = 32 * 32 * (settings.isGrey ? 1 : 3) * 4;
    expect(scratchBytes(settings, DEFAULT_SCRATCH_FIT, 10, 4)).toBe(expected + 3 * 10 * pixels);
  }
});
