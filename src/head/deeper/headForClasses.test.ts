import { expect, it } from 'vitest';
import type { HeadWeights } from '../../domain/head.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import { applyHead } from '../softmaxHead.ts';
import { headForClasses } from './headForClasses.ts';

const idsOf = (...names: string[]) => names as unknown as ClassLabelId[];
const LEARNT = {
  labelIds: idsOf('cat', 'dog', 'fox'),
  weights: { kernel: Float32Array.of(1, -2, 3, 0.5, 4, -1), bias: Float32Array.of(0.3, -0.2, 0.1) },
};
const ROW = Float32Array.of(0.4, -0.7);
const answers = (head: HeadWeights) => [...applyHead(ROW, head)];

it('lets the classes that stay answer among themselves as they did, and a removed one go', () => {
  const nothing = { kernel: new Float32Array(4), bias: new Float32Array(2) };
  const head = headForClasses(LEARNT, idsOf('fox', 'cat'), nothing);
  const [cat = NaN, , fox = NaN] = answers(LEARNT.weights);
  expect(answers(head)[0]).toBeCloseTo(fox / (fox + cat), 6);
});

it('begins a new class where another head has it, whatever was added to all columns of that', () => {
  // The same head as learnt, with a class between the others; 7 and -3 are added to its rows.
  const fitted = {
    kernel: Float32Array.of(8, 6, 5, 10, -2.5, -1, 1, -4),
    bias: Float32Array.of(5.3, 6, 4.8, 5.1),
  };
  const head = headForClasses(LEARNT, idsOf('cat', 'ape', 'dog', 'fox'), fitted);
  for (const [i, share] of answers(fitted).entries())
    expect(answers(head)[i]).toBeCloseTo(share, 5);
  expect(head.kernel[0]).toBe(1);
  expect(head.bias[1]).toBeCloseTo(1, 5);
});

it('has nothing to keep where all classes are new', () => {
  const fitted = { kernel: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(5, 6) };
  expect(headForClasses(LEARNT, idsOf('ape', 'bee'), fitted)).toEqual(fitted);
});
