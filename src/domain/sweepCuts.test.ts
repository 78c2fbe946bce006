import { expect, it } from 'vitest';
import type { BaseSummary, LayerSummary } from './baseSummary.ts';
import { sweepCuts } from './sweepCuts.ts';

type Row = readonly [kind: string, outputShape: readonly number[], inputs: readonly number[]];

/** Halved three times, the second picture with a branch around its convolutions. */
const ROWS: readonly Row[] = [
  ['input', [32, 32, 3], []],
  ['conv2d', [16, 16, 8], [0]],
  ['zero-padding2d', [17, 17, 8], [1]],
  ['conv2d', [8, 8, 8], [2]],
  ['conv2d', [8, 8, 8], [3]],
  ['add', [8, 8, 8], [4, 3]],
  ['conv2d', [4, 4, 16], [5]],
  ['global-average-pooling2d', [16], [6]],
];

const layers = ROWS.map(([kind, outputShape, inputs], position): LayerSummary => ({
  position,
  name: `${kind} ${String(position)}`,
  kind,
  outputShape,
  numParameters: 0,
  inputs,
}));

const summary: BaseSummary = {
  layers,
  suggestedCuts: [
    {
      cut: { positions: [6], pooling: 'global-average' },
      reason: 'last-picture',
      isDefault: true,
    },
  ],
};

it('takes the end of each size of picture, the sensible cuts and the one in force', () => {
  const inForce = { positions: [3, 5], pooling: 'global-max' } as const;
  expect(sweepCuts(summary, inForce)).toEqual([
    { positions: [1], pooling: 'global-average' },
    { positions: [5], pooling: 'global-average' },
    inForce,
    { positions: [6], pooling: 'global-average' },
  ]);
});

it('takes the one in force once', () => {
  const positions = sweepCuts(summary, { positions: [6], pooling: 'global-average' });
  expect(positions.map((cut) => cut.positions)).toEqual([[1], [5], [6]]);
});
