import type { ActivationSpace } from '../domain/activationKey.ts';
import type { Sha256 } from '../domain/ids.ts';
import { listViews, type ViewsToEmbed } from '../domain/viewsToEmbed.ts';
import { missingActivations } from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import type { PhotoSource } from './photoSources.ts';

/** An activation that is not stored yet. */
export interface MissingView {
  readonly imageHash: Sha256;
  readonly space: ActivationSpace;
  readonly source: PhotoSource;
}

/** What is not stored yet of the photos as they are and of their views, that of one photo together. */
export async function missingViews(
  database: Database,
  original: ActivationSpace,
  imageHashes: readonly Sha256[],
  views: ViewsToEmbed | undefined,
): Promise<{ readonly missing: readonly MissingView[]; readonly numWanted: number }> {
  const missing: MissingView[] = (await missingActivations(database, original, imageHashes)).map(
    (imageHash) => ({ imageHash, space: original, source: imageHash }),
  );
  let numWanted = new Set(imageHashes).size;
  if (views === undefined) return { missing, numWanted };
  for (const { key, viewOf } of listViews(views)) {
    const space = { ...original, view: key };
    for (const imageHash of await missingActivations(database, space, views.imageHashes)) {
      const source = { photo: imageHash, view: viewOf(imageHash) };
      missing.push({ imageHash, space, source });
    }
    numWanted += new Set(views.imageHashes).size;
  }
  return { missing: byPhoto(missing, imageHashes), numWanted };
}

function byPhoto(
  missing: readonly MissingView[],
  imageHashes: readonly Sha256[],
): readonly MissingView[] {
  const order = new Map(imageHashes.map((hash, index) => [hash, index]));
  const placeOf = ({ imageHash }: MissingView) => order.get(imageHash) ?? imageHashes.length;
  return missing.toSorted((a, b) => placeOf(a) - placeOf(b));
}
