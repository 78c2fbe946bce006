import type { Page } from '@playwright/test';
import type { HeadConfig } from '../../src/domain/headConfig.ts';
import type { FitOutcome } from './page/experiment.ts';

export const SEEDS: readonly number[] = [1, 2, 3, 4, 5];

/** The same head once for each seed; `name` is told on the way. */
export async function fitSeeds(
  page: Page,
  config: HeadConfig,
  name: string,
): Promise<readonly FitOutcome[]> {
  const fits: FitOutcome[] = [];
  for (const seed of SEEDS) {
    const fit = await page.evaluate((seeded) => experiment.fit(seeded), { ...config, seed });
    console.error(
      `${name}, seed ${seed}: ${fit.heldOutAccuracy.toFixed(4)} in ${Math.round(fit.durationMs)} ms` +
        (fit.chosen === null ? '' : `, ${fit.chosen.scaling}, L2 ${fit.chosen.l2}`),
    );
    fits.push(fit);
  }
  return fits;
}
