import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import {
  askPlainTfjs,
  askTeachableMachine,
  largestDifference,
  type ParityRequest,
  type PeerAnswer,
} from './exportParity.ts';
import { expect } from './fixtures.ts';
import { drawPhotos, PHOTO_KINDS } from './generatedPhotos.ts';
import type { Screens } from './screens.ts';
import { readZip } from './zipFiles.ts';

const TOLERANCE = 1e-3;

/** A library that runs exports, in a page of its own. */
export type Peer = (browser: Browser, request: ParityRequest) => Promise<PeerAnswer>;

/** Exports the model in use, and compares answers on pictures of the input's size, which nothing crops or resizes. */
export async function expectParity(
  browser: Browser,
  { predict, ...screens }: Screens,
  folder: string,
  inputSize: number,
  peers: readonly Peer[] = [askPlainTfjs, askTeachableMachine],
): Promise<void> {
  await screens.export.open();
  const files = await readZip(await screens.export.downloadModel(folder));

  const size = { width: inputSize, height: inputSize };
  const pictures = PHOTO_KINDS.flatMap((kind) => drawPhotos(kind, 2, 5, size));
  const pictureFolder = join(folder, 'pictures');
  mkdirSync(pictureFolder);
  for (const [index, bytes] of pictures.entries()) {
    writeFileSync(join(pictureFolder, `${index}.png`), bytes);
  }
  await predict.open();
  await predict.drop(pictureFolder);
  await predict.expectAnswers(pictures.length);
  const rows = await predict.downloadCsv();
  const own = pictures.map(
    (_, index) => rows.find(({ file }) => file.endsWith(`/${index}.png`))?.probabilities ?? [],
  );

  for (const ask of peers) {
    const { probabilities } = await ask(browser, { files, pictures });
    expect(largestDifference(own, probabilities), ask.name).toBeLessThan(TOLERANCE);
  }
}
