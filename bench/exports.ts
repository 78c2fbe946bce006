import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BETTER_BASE, serveBetterBase } from '../e2e/catalogueServer.ts';
import { screensOf, type Screens } from '../e2e/screens.ts';
import en from '../src/app/i18n/en/export.json' with { type: 'json' };
import {
  EXPORT_FORMATS,
  isDataFormat,
  proofKindOf,
  type ExportFormat,
} from '../src/domain/exportFormat.ts';
import type { AppServer } from './appServer.ts';
import { copyPhotos, drawPhotos } from './drawPhotos.ts';
import { startMeters } from './meters.ts';
import { openBrowser } from './openBrowser.ts';
import { Phases, type LongestTasks } from './phases.ts';
import { readPhotoFolders, type PhotoFolder } from './photoFolders.ts';
import { round } from './round.ts';

export interface ExportsResult {
  readonly base: string;
  readonly numClasses: number;
  readonly numPhotos: number;
  /** From the press of the button to the saved file, its check included. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly totalSeconds: number;
  /** A model of 8 bits, with fitting it to photos and measuring what it loses; not in the total. */
  readonly measuredSeconds: Readonly<Record<string, number>>;
  /** On the page's thread, above 50 ms; 0 where there was none. */
  readonly longestTaskMs: number;
  readonly longestTaskMsByFormat: LongestTasks;
}

const PHOTOS_PER_CLASS = 20;
const LONG_MS = 120_000;

/** Trains ten classes on MobileNetV2 0.35 and exports it in every format, one after the other. */
export async function runExports(flowers: string, server: AppServer): Promise<ExportsResult> {
  const folder = mkdtempSync(join(tmpdir(), 'graft-exports-'));
  const { browser, context } = await openBrowser();
  try {
    const photos = tenClasses(readPhotoFolders(flowers));
    copyPhotos(photos, join(folder, 'photos'));
    const page = await context.newPage();
    const meters = await startMeters(context, page);
    await page.goto(server.origin);
    const screens = screensOf(page);
    await trainOn(join(folder, 'photos'), screens, () => serveBetterBase(context));
    await screens.export.open();

    const phases = new Phases(meters);
    const taken: Record<string, number> = {};
    const measured: Record<string, number> = {};
    for (const format of EXPORT_FORMATS) {
      const times = proofKindOf(format) === 'measured' ? measured : taken;
      times[format] = await phases.time(format, () => exportAs(format, folder, screens));
    }
    meters.stop();
    const totalSeconds = Object.values(taken).reduce((sum, seconds) => sum + seconds, 0);
    return {
      base: BETTER_BASE.id,
      numClasses: photos.length,
      numPhotos: photos.length * PHOTOS_PER_CLASS,
      seconds: taken,
      totalSeconds: round(totalSeconds, 2),
      measuredSeconds: measured,
      longestTaskMs: phases.longestTaskMs,
      longestTaskMsByFormat: phases.longestTasksMs,
    };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** Two classes of each: what they are called is nothing to an export. */
function tenClasses(folders: readonly PhotoFolder[]): PhotoFolder[] {
  const size = { trainPerClass: PHOTOS_PER_CLASS, testPerClass: PHOTOS_PER_CLASS };
  const { train, test } = drawPhotos(folders, size, 1);
  return [train, test].flatMap((half, i) =>
    half.map(({ className, files }) => ({ className: `${className} ${i + 1}`, files })),
  );
}

async function trainOn(
  photos: string,
  { projects, collect, train }: Screens,
  serve: () => Promise<void>,
): Promise<void> {
  await projects.create('Bench');
  await serve();
  await collect.startDownload(BETTER_BASE.name);
  await collect.expectBaseInUse(BETTER_BASE.name);
  await collect.drop(photos);
  await collect.importedPhotos(LONG_MS);
  await train.open();
  await train.start();
  await train.expectIdle(LONG_MS);
}

async function exportAs(
  format: ExportFormat,
  folder: string,
  { export: exportPage }: Screens,
): Promise<void> {
  const { title } = en.formats[format];
  if (isDataFormat(format)) await exportPage.downloadData(join(folder, format), title);
  else if (proofKindOf(format) === 'measured') await exportPage.makeQuantised();
  else await exportPage.downloadModel(join(folder, format), title);
}
