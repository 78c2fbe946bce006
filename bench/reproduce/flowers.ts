import type { Page } from '@playwright/test';
import { MOBILENET_V2_FULL, MOBILENET_V2_SMALL } from '../base/subjects.ts';
import { compareHeads, EXACT, LIKE_DL4J } from './compareHeads.ts';
import { SEEDS } from './fitSeeds.ts';
import { headTable, splitSentence } from './headTable.ts';
import { photoGroups } from './photoGroups.ts';
import type { Reproduction } from './reproductionDoc.ts';

/** PyTorch's L-BFGS on standardised activations with an L2 of 0.1, five seeds of its own. */
const INDEPENDENT = [
  { base: MOBILENET_V2_SMALL.id, head: EXACT, figure: '89.0 ± 0.7 %, PyTorch' },
  { base: MOBILENET_V2_FULL.id, head: EXACT, figure: '90.0 ± 0.2 %, PyTorch' },
];

const PUBLISHED = [MOBILENET_V2_SMALL, MOBILENET_V2_FULL].map(({ id }) => ({
  base: id,
  head: LIKE_DL4J,
  figure: '≈ 85 %, VGG16',
}));

/** DL4J's transfer learning on flower photos, with bases that a browser has. */
export async function reproduceFlowers(page: Page, photos: string): Promise<Reproduction> {
  const groups = photoGroups(photos);
  await page.evaluate((collected) => experiment.collect(collected), groups);
  const outcomes = await compareHeads(page);
  return {
    name: 'flowers',
    title: 'flowers: DL4J’s transfer learning',
    published:
      'DL4J’s example trains a softmax on the output of VGG16’s layer `fc2` for the five classes of TensorFlow’s flower photos, 60 % of them to train on and 40 % held out, with Adam at 3e-5, batches of 8 and 50 epochs: about 85 %.',
    method: `The same 3,670 photos and shares: ${splitSentence(outcomes)} The bases are MobileNets in place of VGG16, so the rows with DL4J’s settings repeat its training, not its network. None of the heads stops by the held-out photos or is chosen by them.`,
    table: headTable(outcomes, [...INDEPENDENT, ...PUBLISHED]),
    remarks: [
      'PyTorch: softmax regression by L-BFGS on activations that TensorFlow’s preprocessing gave, standardised, with an L2 of 0.1, splits of its own. Training is the median of one fit; the exact head’s has its cross-validation in it.',
    ],
    seeds: SEEDS,
    outcomes,
  };
}
