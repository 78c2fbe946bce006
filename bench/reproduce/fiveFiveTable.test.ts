import { expect, it } from 'vitest';
import { fiveFiveTable } from './fiveFiveTable.ts';

/** A fit with these accuracies after its epochs. */
const curve = (durationMs: number, ...accuracies: number[]) => ({
  durationMs,
  epochs: accuracies.map((validationAccuracy, i) => ({
    epoch: i + 1,
    loss: 1,
    accuracy: 0,
    validationLoss: 1,
    validationAccuracy,
    durationMs: 0,
  })),
});

const features = {
  heldOutAccuracy: 0.6,
  numTrained: 10,
  numHeldOut: 10,
  durationMs: 500,
  epochs: [],
  chosen: null,
};

const outcomes = [
  {
    base: curve(20_000, 0.5, 0.7),
    features,
    transferred: curve(2000, 0.6, 0.65),
    scratch: curve(20_000, 0.4, 0.7),
  },
  {
    base: curve(20_000, 0.5, 0.7),
    features,
    transferred: curve(2000, 0.6, 0.75),
    scratch: curve(24_000, 0.4, 0.6),
  },
];

it('gives accuracy after the first epoch and the last, and the time', () => {
  const { header, rows } = fiveFiveTable(outcomes, { first: 'a', last: 'b', elsewhere: null });
  expect(header).toHaveLength(5);
  expect(rows.map((row) => row.slice(2))).toEqual([
    ['50.0 ± 0.0 %', '70.0 ± 0.0 %', '20.0 s'],
    ['', '60.0 ± 0.0 %', '0.5 s'],
    ['60.0 ± 0.0 %', '70.0 ± 7.1 %', '2.0 s'],
    ['40.0 ± 0.0 %', '65.0 ± 7.1 %', '22.0 s'],
  ]);
});

it('sets published figures beside what they are of', () => {
  const elsewhere = { base: '99.8 %', transferred: '99.2 %' };
  const { rows } = fiveFiveTable(outcomes, { first: 'a', last: 'b', elsewhere });
  expect(rows.map((row) => row[5])).toEqual(['99.8 %', '', '99.2 %', '']);
});
