import { imageSize } from 'image-size';

export interface ImageHeader {
  /** Kind by content, such as `jpg` or `tiff`; names and MIME types are not believed. */
  readonly kind: string;
  /** Upright; `null` where the header is damaged. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** First bytes of the common kinds, for files whose header goes wrong further on. */
const SIGNATURES: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['jpg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['webp', [0x52, 0x49, 0x46, 0x46]],
];

/** What the file says about itself, without decoding it; `null` for what is no picture at all. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  try {
    const { type, width, height, orientation = 1 } = imageSize(bytes);
    // From 5 on, EXIF's orientations lay the photo on its side.
    const size = orientation < 5 ? { width, height } : { width: height, height: width };
    return { kind: type ?? 'unknown', size };
  } catch {
    const known = SIGNATURES.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
    return known === undefined ? null : { kind: known[0], size: null };
  }
}
