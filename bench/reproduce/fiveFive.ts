import type { Page } from '@playwright/test';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  type TrainingStart,
} from '../../src/domain/headConfig.ts';
import type { FitCurve, ScratchFit } from '../../src/domain/scratchFit.ts';
import { FROZEN_CUT, type TwoConvolutionSettings } from '../../src/domain/twoConvolutions.ts';
import type { FitOutcome } from './page/experiment.ts';
import { partedGroups } from './photoGroups.ts';

export interface FiveFiveSettings {
  readonly settings: TwoConvolutionSettings;
  readonly fit: ScratchFit;
  readonly seeds: readonly number[];
}

/** Keras's experiment with one seed. */
export interface FiveFiveOutcome {
  /** The network on the first five classes, all of it. */
  readonly base: FitCurve;
  /** On the other five: a softmax on what its dense layer puts out, frozen. */
  readonly features: FitOutcome;
  /** The same with its dense layer trained further, by the app's training of a base's layers. */
  readonly retrained: FitOutcome;
  /** New dense layers on its frozen convolutions. */
  readonly transferred: FitCurve;
  /** The network from the start. */
  readonly scratch: FitCurve;
}

const NUM_BASE_CLASSES = 5;
/** The last of the network's layers but the classes. */
const DENSE_LAYER = 'dense_1';
/** Where the frozen part ends, every value kept. */
const FROZEN: TrainingStart = {
  positions: FROZEN_CUT.positions,
  pooling: 'flatten',
  layer: 'max_pooling2d',
};

/** A base trained on the first five classes, lent to the other five in three ways, and none lent. */
export async function runFiveFive(
  page: Page,
  photos: string,
  plan: FiveFiveSettings,
): Promise<readonly FiveFiveOutcome[]> {
  const groups = partedGroups(photos);
  const names = [...new Set(groups.map(({ className }) => className))];
  await page.evaluate((collected) => experiment.collect(collected), groups);
  const halves = [names.slice(0, NUM_BASE_CLASSES), names.slice(NUM_BASE_CLASSES)] as const;
  const outcomes: FiveFiveOutcome[] = [];
  for (const seed of plan.seeds) outcomes.push(await runSeed(page, halves, plan, seed));
  return outcomes;
}

async function runSeed(
  page: Page,
  [first, second]: readonly [readonly string[], readonly string[]],
  { settings, fit }: FiveFiveSettings,
  seed: number,
): Promise<FiveFiveOutcome> {
  const take = (names: readonly string[]) =>
    page.evaluate((each) => experiment.takeClasses(each), names);
  const request = { name: 'First five classes', settings, fit };
  await take(first);
  const base = await page.evaluate(([...options]) => experiment.trainBase(...options), [
    request,
    seed,
  ] as const);
  tell(seed, 'base', base);
  await take(second);
  const curves = await page.evaluate((each) => experiment.compareFits(each), seed);
  tell(seed, 'transferred', curves.transferred);
  tell(seed, 'from scratch', curves.scratch);
  await page.evaluate((layer) => experiment.cutAt(layer), DENSE_LAYER);
  await page.evaluate(() => experiment.embed());
  const features = await page.evaluate((config) => experiment.fit(config), {
    ...DEFAULT_EXACT_CONFIG,
    seed,
  });
  // What the frozen part puts out has been stored for the comparison.
  const retrained = await page.evaluate((config) => experiment.fit(config), {
    ...DEFAULT_DEEPER_CONFIG,
    ...fit,
    start: FROZEN,
    dropout: settings.dropout,
    earlyStopping: null,
    seed,
  });
  tell(seed, 'retrained', retrained);
  return { base, features, retrained, ...curves };
}

function tell(
  seed: number,
  name: string,
  { epochs, durationMs }: Pick<FitCurve, 'epochs' | 'durationMs'>,
): void {
  const accuracies = epochs.map(({ validationAccuracy }) => validationAccuracy?.toFixed(3));
  console.error(
    `Seed ${seed}, ${name}: ${accuracies.join(' ')} in ${Math.round(durationMs / 1000)} s`,
  );
}
