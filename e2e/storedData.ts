import type { Page } from '@playwright/test';
import type { Head } from '../src/domain/head.ts';
import type { Sample } from '../src/domain/project.ts';
import type { TrainingRun } from '../src/domain/trainingRun.ts';
import { DATABASE_NAME, type Thumbnail } from '../src/storage/schema.ts';

type StoreName =
  'activations' | 'bases' | 'checkpoints' | 'downloads' | 'heads' | 'runs' | 'samples';

/** All rows of an object store of the page's database, without what cannot leave the page (blobs, buffers). */
async function readStore(page: Page, store: StoreName): Promise<unknown[]> {
  return page.evaluate(
    ([database, name]) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open(database);
        opening.onerror = () => {
          reject(opening.error ?? new Error(`No database ${database}`));
        };
        opening.onsuccess = () => {
          const reading = opening.result.transaction(name).objectStore(name).getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
    [DATABASE_NAME, store] as const,
  );
}

/** Photos that are not deleted, of all projects. */
export async function readSamples(page: Page): Promise<Sample[]> {
  const samples = (await readStore(page, 'samples')) as Sample[];
  return samples.filter(({ deletedAt }) => deletedAt === null);
}

/** Runs of all projects, newest first. */
export async function readRuns(page: Page): Promise<TrainingRun[]> {
  const runs = (await readStore(page, 'runs')) as TrainingRun[];
  return runs.toSorted((a, b) => b.startedAt - a.startedAt);
}

/** What each head answers on the photos held out, row by row. */
export async function readAnswers(page: Page): Promise<readonly (readonly number[])[]> {
  const heads = (await readStore(page, 'heads')) as Head[];
  return heads.map(({ heldOut }) => Object.values(heldOut.probabilities));
}

export async function countRows(page: Page, store: StoreName): Promise<number> {
  return (await readStore(page, store)).length;
}

/** Side of the grid that `thumbnailPixels` reduces a thumbnail to. */
const GRID = 16;

/** RGBA of the stored thumbnail of a photo, squeezed to 16 by 16 pixels. */
export async function thumbnailPixels(page: Page, imageHash: string): Promise<number[]> {
  return page.evaluate(
    async ([database, hash, side]) => {
      const blob = await new Promise<Blob>((resolve) => {
        const opening = indexedDB.open(database);
        opening.onsuccess = () => {
          const reading = opening.result
            .transaction('thumbnails')
            .objectStore('thumbnails')
            .get(hash);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(new Blob([(reading.result as Thumbnail).bytes]));
          };
        };
      });
      const options = { resizeWidth: side, resizeHeight: side, resizeQuality: 'high' } as const;
      const bitmap = await createImageBitmap(blob, options);
      const context = new OffscreenCanvas(side, side).getContext('2d');
      if (context === null) return [];
      context.drawImage(bitmap, 0, 0);
      return [...context.getImageData(0, 0, side, side).data];
    },
    [DATABASE_NAME, imageHash, GRID] as const,
  );
}
