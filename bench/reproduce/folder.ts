import type { Page } from '@playwright/test';
import { basename } from 'node:path';
import { compareHeads } from './compareHeads.ts';
import { SEEDS } from './fitSeeds.ts';
import { headTable, splitSentence } from './headTable.ts';
import { photoGroups } from './photoGroups.ts';
import type { Reproduction } from './reproductionDoc.ts';

/** The table of `flowers` for any folder of class folders. */
export async function reproduceFolder(page: Page, photos: string): Promise<Reproduction> {
  const groups = photoGroups(photos);
  if (groups.length < 2) throw new Error(`${photos} has no two folders of photos`);
  const numTaken = await page.evaluate((collected) => experiment.collect(collected), groups);
  const outcomes = await compareHeads(page);
  const numFiles = groups.reduce((sum, { addresses }) => sum + addresses.length, 0);
  const numRejected = numFiles - numTaken;
  return {
    name: 'folder',
    title: `folder: ${basename(photos)}`,
    published: 'Nothing: the same heads as under flowers, for any folder of class folders.',
    method: `${numFiles} photos in ${groups.length} classes. ${splitSentence(outcomes)}`,
    table: headTable(outcomes, []),
    remarks: numRejected === 0 ? [] : [`${numRejected} files are no photos that can be read.`],
    seeds: SEEDS,
    outcomes,
  };
}
