import type { Page } from '@playwright/test';
import { startBenchServer } from '../base/benchServer.ts';
import { describeMachine, readLoad } from '../base/machine.ts';
import { openBrowser } from '../openBrowser.ts';
import type { Reproduction, RunFacts } from './reproductionDoc.ts';

export interface Measured {
  readonly outcome: Reproduction;
  readonly facts: RunFacts;
}

/** Where weights and photos are. */
export interface Folders {
  readonly assets: string;
  /** Served under `/photos/`. */
  readonly photos: string;
}

/** Runs an experiment in a fresh headless browser. */
export async function withExperiment(
  { assets, photos }: Folders,
  run: (page: Page) => Promise<Reproduction>,
): Promise<Measured> {
  const loadBefore = readLoad();
  const startedAt = performance.now();
  const server = await startBenchServer(assets, 'bench/reproduce/page', photos);
  const { browser, context } = await openBrowser();
  try {
    const page = await context.newPage();
    await page.goto(server.origin);
    await page.waitForFunction('globalThis.experiment !== undefined');
    const outcome = await run(page);
    const durationSeconds = (performance.now() - startedAt) / 1000;
    return {
      outcome,
      facts: { machine: describeMachine(browser.version(), loadBefore), durationSeconds },
    };
  } finally {
    await browser.close();
    server.stop();
  }
}
