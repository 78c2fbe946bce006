import { expect, it } from 'vitest';
import { pairedLead } from './pairedLead.ts';

const answers = (...runs: readonly (readonly [boolean, number])[]) =>
  runs.flatMap(([right, count]) => Array.from({ length: count }, () => right));

it('gives the interval of its formula', () => {
  // 30 photos: 14 only the first has right, 4 only the second. (15 - 5) / 32 = 0.3125, and
  // 1.96 · √((20 / 32 - 0.3125²) / 32) = 0.2516.
  const lead = pairedLead(answers([true, 20], [false, 10]), [
    ...answers([true, 6], [false, 14], [true, 4], [false, 6]),
  ]);
  expect(lead.value).toBeCloseTo(1 / 3, 9);
  expect(lead.low).toBeCloseTo(0.3125 - 0.2516, 3);
  expect(lead.high).toBeCloseTo(0.3125 + 0.2516, 3);
});

it('never takes equal answers for certainty', () => {
  const same = answers([true, 10], [false, 5]);
  const { value, low, high } = pairedLead(same, same);
  expect(value).toBe(0);
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
});
