import type { Page } from '@playwright/test';
import { MOBILENET_V2_SMALL } from '../base/subjects.ts';
import { DEFAULT_EXACT_CONFIG } from '../../src/domain/headConfig.ts';
import { fitSeeds, SEEDS } from './fitSeeds.ts';
import type { FitOutcome, PhotoGroup } from './page/experiment.ts';
import { photoGroups } from './photoGroups.ts';
import type { Reproduction } from './reproductionDoc.ts';
import { percent, spreadOf } from './statistics.ts';

/** The last layer of each size of picture, and the last of all. */
const VALIDATION_SHARE = 0.4;
const CUT_LAYERS = [
  'block_2_add',
  'block_5_add',
  'block_12_add',
  'block_16_project_BN',
  'out_relu',
];

/** Of the untrained network. */
const RANDOM_SEED = 1;

/** Heads on the base up to one layer. */
interface CutOutcomes {
  readonly activationSize: number;
  readonly fits: readonly FitOutcome[];
}

/** Yosinski's sweep: how far up a base is general enough to be of use. */
export async function reproduceLayers(page: Page, photos: string): Promise<Reproduction> {
  const groups = photoGroups(photos);
  await page.evaluate((collected) => experiment.collect(collected), groups);
  const trained = await sweep(page, null);
  const random = await sweep(page, RANDOM_SEED);
  const accuracy = (outcomes: CutOutcomes | undefined) =>
    percent(spreadOf(outcomes?.fits.map(({ heldOutAccuracy }) => heldOutAccuracy) ?? []));
  return {
    name: 'layers',
    title: 'layers: Yosinski’s sweep',
    published:
      '“How transferable are features in deep neural networks?” (Yosinski et al., 2014) keeps the first n layers of a network trained on half of ImageNet’s classes and trains the layers above them for the other half. What was found: the first layers are general, transfer suffers in the middle from tearing apart layers that had learnt to work together and at the top from features made for other classes, and features transferred even from distant tasks can be better than random ones. Curves of another network on other photos, so no figure to compare with.',
    method:
      'MobileNetV2 0.35, trained on ImageNet, up to five layers, averaged over the picture, under an exact head for the flower photos, 60 % of them to train on; and the same with random weights. Nothing but a softmax is trained above the cut, so what the layers above it do is missed as well.',
    table: {
      header: ['frozen up to', 'numbers a photo', 'trained on ImageNet', 'random weights'],
      rows: CUT_LAYERS.map((layerName, cut) => [
        `\`${layerName}\``,
        String(trained[cut]?.activationSize),
        accuracy(trained[cut]),
        accuracy(random[cut]),
      ]),
    },
    remarks: [
      `The rows are of different lengths, so a cut with more numbers has an easier task beside what it knows. Of all photos, ${largestShare(groups)} are in the largest class.`,
    ],
    seeds: SEEDS,
    outcomes: { trained, random },
  };
}

function largestShare(groups: readonly PhotoGroup[]): string {
  const counts = groups.map(({ addresses }) => addresses.length);
  return percent(spreadOf([Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0)]));
}

/** The same cuts, in their order. */
async function sweep(page: Page, randomSeed: number | null): Promise<readonly CutOutcomes[]> {
  const config = { ...DEFAULT_EXACT_CONFIG, validationShare: VALIDATION_SHARE };
  const files = MOBILENET_V2_SMALL.files ?? [];
  await page.evaluate(([...base]) => experiment.openBase(...base), [files, randomSeed] as const);
  const outcomes: CutOutcomes[] = [];
  for (const layerName of CUT_LAYERS) {
    const activationSize = await page.evaluate((name) => experiment.cutAt(name), layerName);
    await page.evaluate(() => experiment.embed());
    const name = randomSeed === null ? layerName : `${layerName}, random`;
    outcomes.push({ activationSize, fits: await fitSeeds(page, config, name) });
  }
  return outcomes;
}
