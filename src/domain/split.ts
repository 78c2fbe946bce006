import type { Sha256 } from './ids.ts';
import type { Sample } from './project.ts';
import type { SplitPart } from './trainingRun.ts';

export interface SplitOptions {
  /** Share of each class's `auto` photos that is held out, 0 to 0.9. */
  readonly validationShare: number;
  readonly seed: number;
}

type SplitSample = Pick<Sample, 'classLabelId' | 'imageHash' | 'split'>;

/**
 * The part of each sample, in the order of `samples`; stratified per class.
 *
 * Photos are ranked by a hash of seed and content and the first of each class are held out, so that
 * adding photos moves at most as many others as the numbers ask for. Equal photos, in one class or
 * several, fall on the same side. A class of two or more different photos gets at least one for
 * validation (unless the share is 0) and at least one for training.
 */
export function assignSplit(
  samples: readonly SplitSample[],
  { validationShare, seed }: SplitOptions,
): SplitPart[] {
  const partOfPhoto = new Map<Sha256, SplitPart>();
  for (const { imageHash, split } of samples) {
    if (split !== 'auto' && !partOfPhoto.has(imageHash)) partOfPhoto.set(imageHash, split);
  }
  const autoSamples = samples.filter(({ split }) => split === 'auto');
  for (const ofClass of groupBy(autoSamples, (sample) => sample.classLabelId).values()) {
    holdOut(ofClass, validationShare, seed, partOfPhoto);
  }
  return samples.map(({ imageHash, split }) =>
    split === 'auto' ? (partOfPhoto.get(imageHash) ?? 'train') : split,
  );
}

/** Adds the parts of one class's `auto` photos to `partOfPhoto`, keeping those that are there. */
function holdOut(
  samples: readonly SplitSample[],
  share: number,
  seed: number,
  partOfPhoto: Map<Sha256, SplitPart>,
): void {
  const copies = groupBy(samples, (sample) => sample.imageHash);
  const open = [...copies.keys()].filter((hash) => !partOfPhoto.has(hash));
  const numPlaced = (part: SplitPart) =>
    samples.filter(({ imageHash }) => partOfPhoto.get(imageHash) === part).length;

  const target = share === 0 ? 0 : Math.max(1, Math.round(samples.length * share));
  let numHeldOut = numPlaced('validation');
  // The last photo in the ranking stays for training where nothing else would.
  const mayHoldOut = numPlaced('train') > 0 ? open.length : open.length - 1;
  for (const [rank, imageHash] of rankPhotos(open, seed).entries()) {
    const isHeldOut = rank < mayHoldOut && numHeldOut < target;
    partOfPhoto.set(imageHash, isHeldOut ? 'validation' : 'train');
    if (isHeldOut) numHeldOut += copies.get(imageHash)?.length ?? 0;
  }
}

function rankPhotos(imageHashes: readonly Sha256[], seed: number): Sha256[] {
  return imageHashes
    .map((imageHash) => ({ imageHash, score: photoScore(imageHash, seed) }))
    .toSorted((a, b) => a.score - b.score || (a.imageHash < b.imageHash ? -1 : 1))
    .map(({ imageHash }) => imageHash);
}

/** Uniform in [0, 2^32): SHA-256 is uniform already, the seed only has to be stirred in (murmur3's finaliser). */
function photoScore(imageHash: Sha256, seed: number): number {
  let bits = stir(Number.parseInt(imageHash.slice(0, 8), 16) ^ stir(seed));
  bits = stir(bits ^ Number.parseInt(imageHash.slice(8, 16), 16));
  return bits >>> 0;
}

function stir(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function groupBy<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
