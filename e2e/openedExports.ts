import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { largestDifference } from './exportParity.ts';
import { drawPhotos, PHOTO_KINDS, writePhotoTree } from './generatedPhotos.ts';
import { screensOf, type Screens } from './screens.ts';

/** Pictures of the model's own size, which nothing crops or resizes. */
export function drawPictures(folder: string, side: number): Buffer[] {
  const size = { width: side, height: side };
  const pictures = PHOTO_KINDS.flatMap((kind) => drawPhotos(kind, 2, 5, size));
  mkdirSync(folder, { recursive: true });
  for (const [index, bytes] of pictures.entries()) {
    writeFileSync(join(folder, `${index}.png`), bytes);
  }
  return pictures;
}

/** What the open project answers on the pictures of a folder, in their order. */
export async function answersOn(
  folder: string,
  { predict }: Screens,
): Promise<(readonly number[])[]> {
  const numPictures = readdirSync(folder).length;
  await predict.open();
  await predict.drop(folder);
  await predict.expectAnswers(numPictures);
  const rows = await predict.downloadCsv();
  return Array.from(
    { length: numPictures },
    (_, index) => rows.find(({ file }) => file.endsWith(`/${index}.png`))?.probabilities ?? [],
  );
}

/** What an export is held against when it is opened. */
export interface ExpectedWhenOpened {
  readonly pictures: string;
  /** What the trained project answered on them. */
  readonly answers: readonly (readonly number[])[];
  /** Photos of the same kinds, 24 of them, to train on with. */
  readonly more: string;
}

/** Writes the files into `folder`; the open project of generated photos is trained. */
export async function expectedWhenOpened(
  folder: string,
  screens: Screens,
): Promise<ExpectedWhenOpened> {
  const [pictures, more] = [join(folder, 'pictures'), join(folder, 'more')];
  drawPictures(pictures, 128);
  writePhotoTree(more, 8, 2);
  return { pictures, answers: await answersOn(pictures, screens), more };
}

/** Opens the exported file as a project, which answers as before and is trained on from its head. */
export async function expectTrainedOn(
  page: Page,
  file: string,
  { pictures, answers, more }: ExpectedWhenOpened,
  tolerance = 1e-5,
): Promise<void> {
  const screens = screensOf(page);
  const { projects, collect, train, evaluate } = screens;
  await projects.open();
  await projects.drop(file);
  await expect(page.getByText(/^Opened “Patterns” with its model/)).toBeVisible();
  for (const kind of PHOTO_KINDS) await expect(collect.classCard(kind)).toBeVisible();
  expect(largestDifference(answers, await answersOn(pictures, screens)), file).toBeLessThan(
    tolerance,
  );
  await evaluate.open();
  await expect(page.getByText('No photos to measure it with')).toBeVisible();
  await train.open();
  await expect(page.getByText('It was opened from its files')).toBeVisible();

  await collect.open();
  await collect.drop(more);
  await collect.expectNumPhotos(24);
  await train.open();
  await train.fill('Epochs', '5');
  await train.trainMore();
  await expect(train.runs).toHaveCount(2);
  await expect(train.runs.first()).toContainText('completed');
  // It knows the patterns from the beginning, which five epochs alone would not teach.
  await expect(page.getByText(/held out are right/)).toContainText('100%');
}
