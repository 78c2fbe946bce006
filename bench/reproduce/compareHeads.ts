import type { Page } from '@playwright/test';
import { PRESET_CONFIGS } from '../../src/domain/gradientPresets.ts';
import { DEFAULT_EXACT_CONFIG, type HeadConfig } from '../../src/domain/headConfig.ts';
import { MOBILENET_V2_FULL, MOBILENET_V2_SMALL, type Subject } from '../base/subjects.ts';
import { fitSeeds } from './fitSeeds.ts';
import type { FitOutcome } from './page/experiment.ts';

/** DL4J's split. */
const VALIDATION_SHARE = 0.4;

/** The exact solver with scaling and strength of its own choice. */
export const EXACT = 'exact';

/** DL4J's batches, epochs and rate under its softmax. */
export const LIKE_DL4J = 'like DL4J’s flowers';

const HEADS: readonly (readonly [name: string, config: HeadConfig])[] = [
  [EXACT, DEFAULT_EXACT_CONFIG],
  [LIKE_DL4J, { ...PRESET_CONFIGS['dl4j-flowers'], seed: 1 }],
];

/** One head on one base, seed by seed. */
export interface HeadOutcomes {
  readonly base: Subject;
  readonly head: string;
  readonly fits: readonly FitOutcome[];
}

/** Both MobileNets under each head, on the photos that are in the page. */
export async function compareHeads(page: Page): Promise<readonly HeadOutcomes[]> {
  const outcomes: HeadOutcomes[] = [];
  for (const base of [MOBILENET_V2_SMALL, MOBILENET_V2_FULL]) {
    await page.evaluate((files) => experiment.openBase(files), base.files ?? []);
    const { computed, durationMs } = await page.evaluate(() => experiment.embed());
    console.error(`${base.name}: ${computed} activations in ${Math.round(durationMs / 1000)} s`);
    for (const [name, config] of HEADS) {
      const shared = { ...config, validationShare: VALIDATION_SHARE };
      const fits = await fitSeeds(page, shared, `${base.name}, ${name}`);
      outcomes.push({ base, head: name, fits });
    }
  }
  return outcomes;
}
