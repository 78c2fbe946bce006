import type { View } from '../domain/augmentation.ts';
import type { Sha256 } from '../domain/ids.ts';

/** A file, or the hash of a stored picture, which the photo worker then reads itself. */
export type Photo = Blob | Sha256;

/** A photo as it is, or one view of it. */
export type PhotoSource = Photo | { readonly photo: Photo; readonly view: View };

export function photoOf(source: PhotoSource): Photo {
  return typeof source === 'object' && 'photo' in source ? source.photo : source;
}

/** `null` for the photo as it is. */
export function viewOf(source: PhotoSource): View | null {
  return typeof source === 'object' && 'view' in source ? source.view : null;
}

/** Consecutive sources of one photo together, so that it is decoded once for all of them. */
export function groupByPhoto(sources: readonly PhotoSource[]): readonly (readonly PhotoSource[])[] {
  const groups: PhotoSource[][] = [];
  let last: Photo | null = null;
  for (const source of sources) {
    const photo = photoOf(source);
    if (photo === last) groups.at(-1)?.push(source);
    else groups.push([source]);
    last = photo;
  }
  return groups;
}
