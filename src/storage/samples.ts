import type { ProjectId } from '../domain/ids.ts';
import type { Sample } from '../domain/project.ts';
import type { Database } from './database.ts';
import { imageRow, type NewImage } from './images.ts';
import type { StoredImage } from './schema.ts';

/** Photos of the project that are not deleted, oldest first. */
export async function listSamples(database: Database, projectId: ProjectId): Promise<Sample[]> {
  const samples = await database.getAllFromIndex('samples', 'by-project', projectId);
  // The index gives them in the order of their random ids.
  return samples
    .filter(({ deletedAt }) => deletedAt === null)
    .toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
}

/** Number of photos of the project that are not deleted. */
export async function countSamples(database: Database, projectId: ProjectId): Promise<number> {
  const samples = await database.getAllFromIndex('samples', 'by-project', projectId);
  return samples.filter(({ deletedAt }) => deletedAt === null).length;
}

/** Stores rows whose pictures are stored already, each in place of one of the same id; all or none. */
export async function putSamples(database: Database, samples: readonly Sample[]): Promise<void> {
  const transaction = database.transaction('samples', 'readwrite');
  const puts = samples.map((sample) => transaction.store.put(sample));
  await Promise.all([...puts, transaction.done]);
}

/**
 * Stores new photos with their pictures in one transaction, pictures first, so that no row is ever
 * without its picture. A picture that is stored already is not written again.
 */
export async function addSamples(
  database: Database,
  samples: readonly Sample[],
  images: readonly NewImage[],
): Promise<void> {
  const rows = await Promise.all(images.map(imageRow));
  const transaction = database.transaction(['samples', 'images'], 'readwrite');
  const imageStore = transaction.objectStore('images');
  const addImage = async (image: StoredImage): Promise<unknown> =>
    (await imageStore.getKey(image.hash)) ?? imageStore.put(image);
  await Promise.all(rows.map(addImage));
  const puts = samples.map((sample) => transaction.objectStore('samples').put(sample));
  await Promise.all([...puts, transaction.done]);
}
