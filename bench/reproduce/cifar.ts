import type { Page } from '@playwright/test';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../src/domain/twoConvolutions.ts';
import figures from './figures/fiveFive.json' with { type: 'json' };
import { runFiveFive } from './fiveFive.ts';
import { fiveFiveTable, KERAS_REMARK } from './fiveFiveTable.ts';
import type { Reproduction } from './reproductionDoc.ts';

/** Two, as a network from scratch takes a minute; the filters are half of Keras’s for the same reason. */
const SEEDS = [1, 2];
const SETTINGS = { ...DEFAULT_TWO_CONVOLUTIONS, filters: 16 };
/** Keras's epochs. */
const FIT = { epochs: 5, batchSize: 32, learningRate: 0.001 };

/** Keras's experiment on CIFAR-10: does a base of five classes help with the other five? */
export async function reproduceCifar(page: Page, photos: string): Promise<Reproduction> {
  const plan = { settings: SETTINGS, fit: FIT, seeds: SEEDS };
  const outcomes = await runFiveFive(page, photos, plan);
  return {
    name: 'cifar-5-5',
    title: 'cifar-5-5: five classes for the other five',
    published:
      'Keras’s experiment (see mnist) with the classes of CIFAR-10: a network of two convolutions learns the first five, its convolutions are frozen, and a new head learns the last five. The figures published are of digits.',
    method:
      'The same network with 16 filters in place of 32, in the browser, on a subset of CIFAR-10, 500 photos of each class to train on and 100 held out: a base on airplane, automobile, bird, cat and deer, lent to dog, frog, horse, ship and truck, beside the same network from scratch. Adam at 0.001, batches of 32, five epochs, nothing stops by the held-out photos.',
    table: fiveFiveTable(outcomes, figures['cifar-5-5']),
    remarks: [
      KERAS_REMARK,
      'Two seeds say little of the spread over seeds; of 500 held-out photos a share near two thirds is known to ± 4 points (95 %).',
    ],
    seeds: SEEDS,
    outcomes,
  };
}
