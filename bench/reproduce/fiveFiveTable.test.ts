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
    retrained: { ...features, ...curve(1000, 0.61, 0.65) },
    transferred: curve(2000, 0.6, 0.65),
    scratch: curve(20_000, 0.4, 0.7),
  },
  {
    base: curve(20_000, 0.5, 0.7),
    features,
    retrained: { ...features, ...curve(1000, 0.61, 0.65) },
    transferred: curve(2000, 0.6, 0.75),
    scratch: curve(24_000, 0.4, 0.6),
  },
];

const fit = (first: number, last: number) => ({ first, last });

const keras = [
  {
    base: fit(0.5, 0.72),
    transferred: fit(0.62, 0.7),
    scratch: fit(0.42, 0.64),
    retrained: fit(0.6, 0.7),
  },
  {
    base: fit(0.5, 0.72),
    transferred: fit(0.62, 0.7),
    scratch: fit(0.42, 0.64),
    retrained: fit(0.6, 0.7),
  },
];

it('gives accuracy after the first epoch and the last, Keras’s beside it, and the time', () => {
  const { rows } = fiveFiveTable(outcomes, keras);
  expect(rows.map((row) => row.slice(2))).toEqual([
    ['50.0 ± 0.0 %', '50.0 ± 0.0 %', '70.0 ± 0.0 %', '72.0 ± 0.0 %', '20.0 s'],
    ['', '', '60.0 ± 0.0 %', '', '0.5 s'],
    ['61.0 ± 0.0 %', '60.0 ± 0.0 %', '65.0 ± 0.0 %', '70.0 ± 0.0 %', '1.0 s'],
    ['60.0 ± 0.0 %', '62.0 ± 0.0 %', '70.0 ± 7.1 %', '70.0 ± 0.0 %', '2.0 s'],
    ['40.0 ± 0.0 %', '42.0 ± 0.0 %', '65.0 ± 7.1 %', '64.0 ± 0.0 %', '22.0 s'],
  ]);
});
