import { CATALOGUE, STARTER_BASE } from '../catalogue/bases.ts';
import type { BaseModel, BaseOffer, BaseOrigin } from '../domain/baseModel.ts';
import type { BaseId } from '../domain/ids.ts';
import { listStoredBases, storedBytesOf } from '../storage/bases.ts';
import { listDownloads } from '../storage/downloads.ts';
import type { BaseSlice, KnownBase } from './appState.ts';
import type { Services } from './store.ts';

/** What is known before anything has been read. */
export const FIRST_BASES: readonly KnownBase[] = [
  ready(STARTER_BASE, null),
  ...CATALOGUE.map((offer) => notStored(offer, 0)),
];

/** Those beside the app, those of the catalogue, and those of the user, as they are stored now. */
export async function findBases({
  database,
  fetchBundledBases,
}: Services): Promise<Pick<BaseSlice, 'bases' | 'stoppedDownloads'>> {
  const [added, stored, downloads] = await Promise.all([
    fetchBundledBases(),
    listStoredBases(database),
    listDownloads(database),
  ]);
  const bytesKept = new Map(downloads.map((each) => [each.source, each.bytesKept]));
  const bases = new Map<BaseId, KnownBase>();
  for (const base of CATALOGUE) bases.set(base.id, notStored(base, bytesKept.get(base.id) ?? 0));
  // In place of an offer of the same id, and of a bundled one that is stored too.
  for (const base of [STARTER_BASE, ...added]) bases.set(base.id, ready(base, null));
  for (const each of stored) bases.set(each.id, ready(each.base, storedBytesOf(each)));
  const stoppedDownloads = downloads
    .filter(({ source }) => !CATALOGUE.some(({ id }) => id === source))
    .map((each) => ({ url: each.source, bytesKept: each.bytesKept }));
  return { bases: [...bases.values()].sort(byOrigin), stoppedDownloads };
}

const ORIGIN_ORDER: readonly BaseOrigin[] = ['bundled', 'catalogue', 'imported', 'trained'];

function byOrigin(a: KnownBase, b: KnownBase): number {
  return ORIGIN_ORDER.indexOf(a.base.origin) - ORIGIN_ORDER.indexOf(b.base.origin);
}

function ready(base: BaseModel, storedBytes: number | null): KnownBase {
  return { base, model: base, availability: { status: 'ready', storedBytes } };
}

function notStored(base: BaseOffer, bytesKept: number): KnownBase {
  return { base, model: null, availability: { status: 'not-stored', bytesKept } };
}
