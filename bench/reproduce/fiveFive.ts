import type { Page } from '@playwright/test';
import { DEFAULT_EXACT_CONFIG } from '../../src/domain/headConfig.ts';
import type { FitCurve, ScratchFit } from '../../src/domain/scratchFit.ts';
import type { TwoConvolutionSettings } from '../../src/domain/twoConvolutions.ts';
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
  /** New dense layers on its frozen convolutions. */
  readonly transferred: FitCurve;
  /** The network from the start. */
  readonly scratch: FitCurve;
}

const NUM_BASE_CLASSES = 5;

/** A base trained on the first five classes, lent to the other five in two ways, and none lent. */
export async function runFiveFive(
  page: Page,
  photos: string,
  { settings, fit, seeds }: FiveFiveSettings,
): Promise<readonly FiveFiveOutcome[]> {
  const groups = partedGroups(photos);
  const names = [...new Set(groups.map(({ className }) => className))];
  const isOfBase = (name: string) => names.indexOf(name) < NUM_BASE_CLASSES;
  const collect = (isWanted: (name: string) => boolean) =>
    page.evaluate(
      (collected) => experiment.collect(collected),
      groups.filter(({ className }) => isWanted(className)),
    );
  const request = { name: 'First five classes', settings, fit };
  const outcomes: FiveFiveOutcome[] = [];
  for (const seed of seeds) {
    await collect(isOfBase);
    const base = await page.evaluate(([...options]) => experiment.trainBase(...options), [
      request,
      seed,
    ] as const);
    tell(seed, 'base', base);
    await collect((name) => !isOfBase(name));
    const curves = await page.evaluate((each) => experiment.compareFits(each), seed);
    tell(seed, 'transferred', curves.transferred);
    tell(seed, 'from scratch', curves.scratch);
    await page.evaluate(() => experiment.cutAt('dense_1'));
    await page.evaluate(() => experiment.embed());
    const config = { ...DEFAULT_EXACT_CONFIG, seed };
    const features = await page.evaluate((each) => experiment.fit(each), config);
    outcomes.push({ base, features, ...curves });
  }
  return outcomes;
}

function tell(seed: number, name: string, { epochs, durationMs }: FitCurve): void {
  const accuracies = epochs.map(({ validationAccuracy }) => validationAccuracy?.toFixed(3));
  console.error(
    `Seed ${seed}, ${name}: ${accuracies.join(' ')} in ${Math.round(durationMs / 1000)} s`,
  );
}
