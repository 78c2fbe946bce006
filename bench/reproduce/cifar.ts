import type { Page } from '@playwright/test';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../src/domain/twoConvolutions.ts';
import { runFiveFive } from './fiveFive.ts';
import { fiveFiveTable } from './fiveFiveTable.ts';
import type { Reproduction } from './reproductionDoc.ts';

/** A network from scratch takes minutes. */
const SEEDS = [1, 2];
/** Keras's epochs. */
const FIT = { epochs: 5, batchSize: 32, learningRate: 0.001 };

/** Keras's experiment on CIFAR-10: does a base of five classes help with the other five? */
export async function reproduceCifar(page: Page, photos: string): Promise<Reproduction> {
  const plan = { settings: DEFAULT_TWO_CONVOLUTIONS, fit: FIT, seeds: SEEDS };
  const outcomes = await runFiveFive(page, photos, plan);
  return {
    name: 'cifar-5-5',
    title: 'cifar-5-5: five classes for the other five',
    published:
      'Keras’s experiment (see mnist) with the classes of CIFAR-10: a network of two convolutions learns the first five, its convolutions are frozen, and a new head learns the last five. The published figures are of digits; there are none of CIFAR-10.',
    method:
      'A subset of CIFAR-10, 500 photos of each class to train on and 100 held out: a base on airplane, automobile, bird, cat and deer, lent to dog, frog, horse, ship and truck, beside the same network from scratch. Adam at 0.001, batches of 32, five epochs, nothing stops by the held-out photos.',
    table: fiveFiveTable(outcomes, { first: '0–4', last: '5–9', elsewhere: null }),
    remarks: [
      'Training is the median of one fit on what the frozen layers put out, computing that not included; the exact softmax’s has its cross-validation in it.',
    ],
    seeds: SEEDS,
  };
}
