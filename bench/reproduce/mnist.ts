import type { Page } from '@playwright/test';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../src/domain/twoConvolutions.ts';
import figures from './figures/fiveFive.json' with { type: 'json' };
import { runFiveFive } from './fiveFive.ts';
import { fiveFiveTable, KERAS_REMARK } from './fiveFiveTable.ts';
import type { Reproduction } from './reproductionDoc.ts';

const SEEDS = [1, 2, 3];
const SETTINGS = { ...DEFAULT_TWO_CONVOLUTIONS, inputSize: 28, isGrey: true };
/** Keras's epochs; smaller batches, as there are fewer photos. */
const FIT = { epochs: 5, batchSize: 32, learningRate: 0.001 };

/** The two ways to use a network: take what its last layers say, or train these anew. */
export async function reproduceMnist(page: Page, photos: string): Promise<Reproduction> {
  const plan = { settings: SETTINGS, fit: FIT, seeds: SEEDS };
  const outcomes = await runFiveFive(page, photos, plan);
  return {
    name: 'mnist',
    title: 'mnist: feature extraction and retraining of the top layers',
    published:
      'Keras’s example `mnist_transfer_cnn` trains a network of two convolutions on the digits 0 to 4, freezes the convolutions and trains the dense layers for 5 to 9, five epochs each: 99.8 % and 99.2 % on MNIST’s test set, having learnt from some 30,000 photos each. TF-Slim names the two ways to go on from a trained network: feature extraction, which trains one layer on top of all the others, and retraining of the top layers.',
    method:
      'The same network (32 filters of 3 × 3, 128 dense units, dropout) in the browser, on a subset: 200 photos of each digit to train on, 50 held out, a thirtieth of MNIST’s. Adam at 0.001, batches of 32, five epochs, nothing stops by the held-out photos. Both of TF-Slim’s ways are the app’s own: its exact softmax on what the frozen dense layer puts out, and its training of a base’s last layers, which goes on with the dense layer under a new softmax (Keras’s example goes on with its softmax too). New dense layers and the whole network from scratch stand beside them.',
    table: fiveFiveTable(outcomes, figures.mnist),
    remarks: [KERAS_REMARK],
    seeds: SEEDS,
    outcomes,
  };
}
