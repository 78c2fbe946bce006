import type { ActivationSpace } from '../domain/activationKey.ts';
import { drawView, viewKey, type ViewsToEmbed } from '../domain/augmentation.ts';
import type { Sha256 } from '../domain/ids.ts';
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
  const { augmentation, imageHashes: ofViews } = views;
  for (let index = 0; index < augmentation.numViews; index++) {
    const space = { ...original, view: viewKey(augmentation, index) };
    for (const imageHash of await missingActivations(database, space, ofViews)) {
      const view = drawView(augmentation, imageHash, index);
      missing.push({ imageHash, space, source: { photo: imageHash, view } });
    }
    numWanted += new Set(ofViews).size;
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
