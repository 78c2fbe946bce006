import type { Page } from '@playwright/test';
import { serveBetterBase } from '../e2e/catalogueServer.ts';
import { screensOf, type Screens } from '../e2e/screens.ts';
import { readRuns } from '../e2e/storedData.ts';
import en from '../src/app/i18n/en/train.json' with { type: 'json' };
import { CATALOGUE, STARTER_BASE } from '../src/catalogue/bases.ts';
import type { CompletedRun } from '../src/domain/trainingRun.ts';
import type { AppServer } from './appServer.ts';
import { watchForeignTraffic } from './foreignTraffic.ts';
import { startMeters } from './meters.ts';
import { openBrowser } from './openBrowser.ts';
import { Phases, type LongestTasks } from './phases.ts';
import { countPhotos, readPhotoFolders } from './photoFolders.ts';
import { round } from './round.ts';

export interface JourneyOptions {
  readonly photos: string;
  readonly test: string | null;
  readonly base: string;
  readonly backend: string;
  /** Share that is held out of each class; `null` for the app's own. */
  readonly validationPercent: number | null;
}

export interface JourneyResult {
  readonly base: string;
  readonly backend: string;
  readonly adapter: string | null;
  readonly photos: number;
  readonly collectSeconds: number;
  /** From the press of Train to the last activation. */
  readonly activationSeconds: number;
  readonly photosPerSecond: number;
  readonly recomputedAfterReload: number;
  /** Fitting the head, as the app itself times it. */
  readonly trainSeconds: number;
  readonly validationAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly testPhotos: number;
  /** On the page's thread, above 50 ms; 0 where there was none. */
  readonly longestTaskMs: number;
  readonly longestTaskMsByPhase: LongestTasks;
  readonly peakHeapMB: number;
  readonly storedMB: number;
  readonly foreignBytes: number;
}

const LONG_MS = 900_000;
const BACKEND_NAMES: Readonly<Record<string, string>> = en.backend.name;

/** Takes a folder of class folders through the app's own screens, from drop to predictions. */
export async function runJourney(
  options: JourneyOptions,
  server: AppServer,
): Promise<JourneyResult> {
  const { browser, context } = await openBrowser();
  try {
    const page = await context.newPage();
    const meters = await startMeters(context, page);
    const foreignBytes = watchForeignTraffic(context, server.origin);
    const phases = new Phases(meters);
    const screens = screensOf(page);
    await page.goto(server.origin);
    await screens.projects.create('Bench');
    await takeBase(screens, options.base, () => serveBetterBase(context));

    let photos = 0;
    const collectSeconds = await phases.time('collect', async () => {
      await screens.collect.drop(options.photos);
      photos = await screens.collect.importedPhotos(LONG_MS);
    });
    const { train } = screens;
    await train.open();
    if (options.backend !== 'auto') await train.chooseBackend(backendLabel(options.backend));
    if (options.validationPercent !== null) {
      await train.setValidationPercent(options.validationPercent);
    }
    await train.backendInUse.waitFor({ timeout: LONG_MS });
    const pressedAt = Date.now();
    await phases.time('train', async () => {
      await train.start();
      await train.expectIdle(LONG_MS);
    });
    const run = await readFirstRun(page);
    const activationSeconds = round((run.startedAt - pressedAt) / 1000, 2);
    const { backend, adapter } = await readBackend(screens);
    await screens.evaluate.open();
    const validationAccuracy = await screens.evaluate.accuracy();
    const testAccuracy = await measureTest(screens, phases, options.test);
    const recomputedAfterReload = await retrainAfterReload(page, screens);
    const storedMB = await page.evaluate(
      async () => ((await navigator.storage.estimate()).usage ?? 0) / 1e6,
    );
    meters.stop();
    return {
      base: options.base,
      backend,
      adapter,
      photos,
      collectSeconds,
      activationSeconds,
      photosPerSecond: round(photos / activationSeconds, 1),
      recomputedAfterReload,
      trainSeconds: round(run.durationMs / 1000, 2),
      validationAccuracy,
      testAccuracy: testAccuracy === null ? null : round(testAccuracy, 3),
      testPhotos: options.test === null ? 0 : countPhotos(readPhotoFolders(options.test)),
      longestTaskMs: phases.longestTaskMs,
      longestTaskMsByPhase: phases.longestTasksMs,
      peakHeapMB: meters.peakHeapMB(),
      storedMB: round(storedMB, 1),
      foreignBytes: foreignBytes(),
    };
  } finally {
    await browser.close();
  }
}

/** Downloads the base where it does not ship with the app. */
async function takeBase(
  { collect }: Screens,
  id: string,
  serve: () => Promise<void>,
): Promise<void> {
  const base = [STARTER_BASE, ...CATALOGUE].find((each) => each.id === id);
  if (base === undefined) throw new Error(`There is no base ${id}`);
  if (base.origin === 'catalogue') {
    await serve();
    await collect.startDownload(base.name);
  }
  await collect.expectBaseInUse(base.name);
}

/** Share of the test folder's files whose answer is the name of their folder. */
async function measureTest(
  { predict }: Screens,
  phases: Phases,
  folder: string | null,
): Promise<number | null> {
  if (folder === null) return null;
  await predict.open();
  await phases.time('predict', async () => {
    await predict.drop(folder);
    await predict.expectAnswers(countPhotos(readPhotoFolders(folder)));
  });
  const rows = await predict.downloadCsv();
  const right = rows.filter(({ file, className }) => file.split('/').at(-2) === className);
  return right.length / rows.length;
}

/** Trains once more after a reload; gives how many activations that computed. */
async function retrainAfterReload(page: Page, { train }: Screens): Promise<number> {
  await page.reload();
  await train.open();
  await train.train();
  const text = await train.lastEmbedding.innerText();
  const computed = /([\d,]+) computed/.exec(text)?.[1];
  if (computed === undefined) throw new Error(`No count in: ${text}`);
  return Number(computed.replaceAll(',', ''));
}

/** The app's own record of the training; it begins when the activations are there. */
async function readFirstRun(page: Page): Promise<CompletedRun> {
  const [run] = await readRuns(page);
  if (run?.status !== 'completed') throw new Error('The training did not come to its end');
  return run;
}

/** Name of the backend, and of its GPU where it has one, as the Train step shows them. */
async function readBackend({
  train,
}: Screens): Promise<{ readonly backend: string; readonly adapter: string | null }> {
  const [first = '', adapter = null] = (await train.backendInUse.innerText()).split('\n');
  const label = first.split(' · ')[0];
  const entry = Object.entries(BACKEND_NAMES).find(([, name]) => name === label);
  return { backend: entry?.[0] ?? first, adapter };
}

function backendLabel(backend: string): string {
  const label = BACKEND_NAMES[backend];
  if (label === undefined) throw new Error(`There is no backend ${backend}`);
  return label;
}
