import type { Page } from '@playwright/test';
import { MOBILENET_V2_SMALL } from '../base/subjects.ts';
import { DEFAULT_EXACT_CONFIG } from '../../src/domain/headConfig.ts';
import type { PhotoGroup } from './page/experiment.ts';
import type { SweptPoint } from './page/sweepBase.ts';
import { photoGroups } from './photoGroups.ts';
import type { Reproduction } from './reproductionDoc.ts';
import { percent, spreadOf } from './statistics.ts';

const VALIDATION_SHARE = 0.4;
/** Fewer than elsewhere: each draws other photos, which are computed at every cut. */
const SEEDS = [1, 2, 3];
/** Of the untrained network, and of the one split that it is measured on. */
const RANDOM_SEED = 1;

/** Yosinski's sweep: how far up a base is general enough to be of use. */
export async function reproduceLayers(page: Page, photos: string): Promise<Reproduction> {
  const groups = photoGroups(photos);
  await page.evaluate((collected) => experiment.collect(collected), groups);
  const trained = await sweep(page, SEEDS, null);
  const random = await sweep(page, [RANDOM_SEED], RANDOM_SEED);
  return {
    name: 'layers',
    title: 'layers: Yosinski’s sweep',
    published:
      '“How transferable are features in deep neural networks?” (Yosinski et al., 2014) keeps the first n layers of a network trained on half of ImageNet’s classes and trains the layers above them for the other half. What was found: the first layers are general, transfer suffers in the middle from tearing apart layers that had learnt to work together and at the top from features made for other classes, and features transferred even from distant tasks can be better than random ones. Curves of another network on other photos, so no figure to compare with.',
    method:
      'MobileNetV2 0.35, trained on ImageNet, at every cut of the app’s own sweep (“Measure every sensible cut” on the Base step), averaged over the picture, under exact heads for the flower photos: cross-validated on the 60 % that would be trained on, as the app measures it before any training. The same with random weights, for one seed. Nothing but a softmax is trained above the cut, so what the layers above it do is missed as well.',
    table: {
      header: ['frozen up to', 'numbers a photo', 'trained on ImageNet', 'random weights'],
      rows: (trained[0] ?? []).map(({ layerNames, activationSize }, cut) => [
        layerNames.map((name) => `\`${name}\``).join(' and '),
        String(activationSize),
        percent(spreadOf(trained.map((points) => points[cut]?.accuracy ?? NaN))),
        withInterval(random[0]?.[cut]),
      ]),
    },
    remarks: [
      `In brackets: the app’s 95 % interval. The rows are of different lengths, so a cut with more numbers has an easier task beside what it knows. Of all photos, ${largestShare(groups)} are in the largest class.`,
    ],
    seeds: SEEDS,
    outcomes: { trained, random },
  };
}

function largestShare(groups: readonly PhotoGroup[]): string {
  const counts = groups.map(({ addresses }) => addresses.length);
  return percent(spreadOf([Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0)]));
}

/** The same cuts for each seed, from the first layers to the last. */
async function sweep(
  page: Page,
  seeds: readonly number[],
  randomSeed: number | null,
): Promise<readonly (readonly SweptPoint[])[]> {
  const files = MOBILENET_V2_SMALL.files ?? [];
  await page.evaluate(([...base]) => experiment.openBase(...base), [files, randomSeed] as const);
  const sweeps: (readonly SweptPoint[])[] = [];
  for (const seed of seeds) {
    const config = { ...DEFAULT_EXACT_CONFIG, validationShare: VALIDATION_SHARE, seed };
    const points = await page.evaluate((each) => experiment.sweep(each), config);
    const told = points.map(({ layerNames, accuracy }) => `${layerNames.join()} ${accuracy}`);
    console.error(`Seed ${seed}${randomSeed === null ? '' : ', random'}: ${told.join(', ')}`);
    sweeps.push(points);
  }
  return sweeps;
}

/** Such as `40.6 % (38.6 to 42.7)`. */
function withInterval(point: SweptPoint | undefined): string {
  if (point === undefined) return '';
  const { accuracy, interval } = point;
  const [low, high] = [interval.low, interval.high].map((share) => (share * 100).toFixed(1));
  return `${(accuracy * 100).toFixed(1)} % (${low ?? ''} to ${high ?? ''})`;
}
