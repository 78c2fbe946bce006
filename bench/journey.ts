import type { Page } from '@playwright/test';
import { serveBetterBase } from '../e2e/catalogueServer.ts';
import { screensOf, type Screens } from '../e2e/screens.ts';
import en from '../src/app/i18n/en/train.json' with { type: 'json' };
import { CATALOGUE, STARTER_BASE } from '../src/catalogue/bases.ts';
import { startAppServer } from './appServer.ts';
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
}

export interface JourneyResult {
  readonly base: string;
  readonly backend: string;
  readonly adapter: string | null;
  readonly photos: number;
  readonly collectSeconds: number;
  readonly activationSeconds: number;
  readonly photosPerSecond: number;
  readonly recomputedAfterReload: number;
  readonly trainSeconds: number;
  readonly validationAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly testPhotos: number;
  readonly longestTaskMs: number;
  readonly longestTaskMsByPhase: LongestTasks;
  readonly peakHeapMB: number;
  readonly storedMB: number;
  readonly foreignBytes: number;
}

const IMPORT_MS = 900_000;
const BACKEND_NAMES: Readonly<Record<string, string>> = en.backend.name;

/** Takes a folder of class folders through the app's own screens, from drop to predictions. */
export async function runJourney(options: JourneyOptions): Promise<JourneyResult> {
  const server = await startAppServer();
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
      photos = await screens.collect.importedPhotos(IMPORT_MS);
    });
    const { train } = screens;
    await train.open();
    if (options.backend !== 'auto') await train.chooseBackend(backendLabel(options.backend));
    await train.backendInUse.waitFor({ timeout: IMPORT_MS });
    const activationSeconds = await phases.time('activations', async () => {
      await train.start();
      await train.fitting.waitFor({ timeout: IMPORT_MS });
    });
    const trainSeconds = await phases.time('train', () => train.expectIdle());
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
      trainSeconds,
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
    await server.stop();
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
