import type { SplitAssignment } from '../domain/project.ts';
import type { PlacedEntry } from './entry.ts';

/**
 * Photos from a folder called `train` that came without a validation or test folder beside it are left to
 * the seeded split: taken literally, the folder would leave nothing to measure with.
 * `known`: splits of the photos that the project has already.
 */
export function splitLoneTrain(
  photos: readonly PlacedEntry[],
  known: readonly SplitAssignment[],
): readonly PlacedEntry[] {
  const isHeldOut = (split: SplitAssignment) => split === 'validation' || split === 'test';
  if (known.some(isHeldOut) || photos.some(({ split }) => isHeldOut(split))) return photos;
  return photos.map((photo) => ({ ...photo, split: 'auto' }));
}
