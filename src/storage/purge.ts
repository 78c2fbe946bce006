import type { IDBPTransaction } from 'idb';
import type { Sha256 } from '../domain/ids.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { Database } from './database.ts';
import type { GraftSchema } from './schema.ts';

/** For how long a deletion can be undone. */
const KEEP_DELETED_MS = 24 * 60 * 60 * 1000;

/** Sorts after every hexadecimal digit, and so after every hash of a space. */
const AFTER_ALL_HASHES = 'g' as Sha256;

type StoreName =
  | 'projects'
  | 'samples'
  | 'images'
  | 'runs'
  | 'thumbnails'
  | 'activations'
  | 'heads'
  | 'checkpoints';
type Purge = IDBPTransaction<GraftSchema, StoreName[], 'readwrite'>;
type IsExpired = (row: Pick<Project | Sample, 'deletedAt'>) => boolean;

/**
 * Removes what was deleted more than a day before `now` (milliseconds since the epoch): projects with
 * their photos, runs and heads, single photos, and the pictures, thumbnails and activations that no
 * remaining photo uses. One transaction: all of it or nothing.
 *
 * This is the one place where the page touches the stores of the workers, and it only deletes. A picture
 * is looked at only when a photo of it goes, so that those of an import under way are left alone.
 */
export async function purgeDeleted(database: Database, now: number): Promise<void> {
  const purge: Purge = database.transaction(
    ['projects', 'samples', 'images', 'runs', 'thumbnails', 'activations', 'heads', 'checkpoints'],
    'readwrite',
  );
  const isExpired: IsExpired = ({ deletedAt }) =>
    deletedAt !== null && deletedAt < now - KEEP_DELETED_MS;
  const hashes = new Set<Sha256>();
  for (const project of await purge.objectStore('projects').getAll()) {
    for (const hash of await purgeSamples(purge, project, isExpired)) hashes.add(hash);
    if (isExpired(project)) await purgeProject(purge, project);
  }
  await purgePictures(purge, await unusedOf(purge, hashes));
  await purge.done;
}

/** Removes expired photos, or all of an expired project; gives the hashes of their pictures. */
async function purgeSamples(
  purge: Purge,
  project: Project,
  isExpired: IsExpired,
): Promise<Sha256[]> {
  const store = purge.objectStore('samples');
  const samples = await store.index('by-project').getAll(project.id);
  const expired = isExpired(project) ? samples : samples.filter(isExpired);
  for (const { id } of expired) await store.delete(id);
  return expired.map(({ imageHash }) => imageHash);
}

async function purgeProject(purge: Purge, { id }: Project): Promise<void> {
  const runs = purge.objectStore('runs');
  for (const run of await runs.index('by-project').getAll(id)) {
    if (run.status === 'completed') await purge.objectStore('heads').delete(run.headId);
    await purge.objectStore('checkpoints').delete(run.id);
    await runs.delete(run.id);
  }
  await purge.objectStore('projects').delete(id);
}

async function unusedOf(purge: Purge, hashes: Iterable<Sha256>): Promise<Sha256[]> {
  const byImage = purge.objectStore('samples').index('by-image');
  const unused: Sha256[] = [];
  for (const hash of hashes) {
    if ((await byImage.count(hash)) === 0) unused.push(hash);
  }
  return unused;
}

async function purgePictures(purge: Purge, hashes: readonly Sha256[]): Promise<void> {
  if (hashes.length === 0) return;
  for (const hash of hashes) {
    await purge.objectStore('images').delete(hash);
    await purge.objectStore('thumbnails').delete(hash);
  }
  // Jumps from space to space; the keys in between are never read.
  const activations = purge.objectStore('activations');
  let cursor = await activations.openKeyCursor();
  while (cursor !== null) {
    const [space] = cursor.key;
    for (const hash of hashes) await activations.delete([space, hash]);
    cursor = await cursor.continue([space, AFTER_ALL_HASHES]);
  }
}
