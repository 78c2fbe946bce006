import { expect, it } from 'vitest';
import { applyLiveHead } from '../../domain/liveHead.ts';
/** From `tools/live-figures/make_figures.py`: scikit-learn's answers. */
import figures from './figures/liveRidge.json' with { type: 'json' };
import { learnRidge } from './liveRidge.ts';

const SIZE = 5;
const NUM_CLASSES = 3;

/** Of any length: the script's have length 1. */
function activation(i: number): Float32Array {
  return Float32Array.from(
    { length: SIZE },
    (_, j) => (2 + (i % 4)) * (Math.abs(Math.sin(7 * i + 3 * j + 1)) + (j === i % 3 ? 1 : 0)),
  );
}

const rows = (count: number) => Array.from({ length: count }, (_, i) => activation(i));
const classesOf = (count: number) => Array.from({ length: count }, (_, i) => i % NUM_CLASSES);

it.each([2, 9, 30] as const)('answers like scikit-learn after %i photos', (count) => {
  const head = learnRidge(rows(count)).headFor(classesOf(count), NUM_CLASSES);
  for (const [index, expected] of figures[count].entries()) {
    const found = applyLiveHead(head, activation(100 + index));
    for (const [c, probability] of expected.entries()) expect(found[c]).toBeCloseTo(probability, 4);
  }
});

it('answers the same whether photos came at once or one by one', () => {
  const ridge = learnRidge(rows(10));
  // Asking in between changes nothing.
  ridge.headFor(classesOf(10), NUM_CLASSES);
  for (let i = 10; i < 20; i++) ridge.append(activation(i));
  const oneByOne = ridge.headFor(classesOf(20), NUM_CLASSES);
  const atOnce = learnRidge(rows(20)).headFor(classesOf(20), NUM_CLASSES);
  expect(ridge.isOutgrown).toBe(false);
  // The penalty is that of the first ten, whose spread is nearly the same.
  for (let i = 30; i < 40; i++) {
    const [expected, found] = [atOnce, oneByOne].map((head) => applyLiveHead(head, activation(i)));
    for (const [c, probability] of expected?.entries() ?? []) {
      expect(found?.[c]).toBeCloseTo(probability, 1);
    }
  }
});

it('follows photos into other classes without learning anew', () => {
  const ridge = learnRidge(rows(12));
  const before = ridge.headFor(classesOf(12), NUM_CLASSES);
  const swapped = ridge.headFor(
    classesOf(12).map((c) => (c === 0 ? 1 : c === 1 ? 0 : c)),
    NUM_CLASSES,
  );
  const [first = NaN, second = NaN, third = NaN] = applyLiveHead(before, activation(0));
  const [a = NaN, b = NaN, c = NaN] = applyLiveHead(swapped, activation(0));
  for (const [found, expected] of [
    [b, first],
    [a, second],
    [c, third],
  ] as const) {
    expect(found).toBeCloseTo(expected, 6);
  }
  expect(first).toBeGreaterThan(second);
});

it('takes photos that are all the same', () => {
  const ridge = learnRidge([1, 1, 1, 1].map(activation));
  const head = ridge.headFor([0, 1, 0, 1], 2);
  for (const probability of applyLiveHead(head, activation(1)))
    expect(probability).toBeCloseTo(0.5);
});

it('is outgrown by photos that are far more different than the first', () => {
  const ridge = learnRidge([activation(0), activation(12)]);
  for (let i = 1; i < 9; i++) ridge.append(activation(i));
  expect(ridge.isOutgrown).toBe(true);
});
