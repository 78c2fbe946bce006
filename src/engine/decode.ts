import type { PhotoProblem } from '../domain/photoProblem.ts';
import { readImageHeader, type ImageHeader } from './imageHeader.ts';
import { PixelBudget } from './pixelBudget.ts';

/** The one place that lets the browser decode and draw. */

export interface Rejection {
  readonly status: 'rejected';
  readonly problem: PhotoProblem;
  readonly detail: string | null;
}

export type Decoded<T> = { readonly status: 'decoded'; readonly value: T } | Rejection;

const MAX_FILE_BYTES = 256 * 1024 * 1024;
const MAX_PIXELS = 100_000_000;
const MAX_SIDE = 16_384;
const THUMBNAIL_SIDE = 256;
const THUMBNAIL_QUALITY = 0.85;

/** Kinds that every browser decodes, so that a failure means damage. */
const DECODED_EVERYWHERE = new Set(['jpg', 'png', 'gif', 'webp', 'bmp', 'ico', 'cur', 'avif']);
/** Kinds that some browsers decode: these are worth a try. Brands of the HEIF family. */
const DECODED_SOMEWHERE = new Set(['heif', 'heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1']);

/** About 130 MB a worker at a time, bitmap and pixels together, however many photos wait. */
export const decodeBudget = new PixelBudget(16_000_000);

/**
 * Decodes a photo upright, its first frame if it moves, and hands the bitmap to `read`, which takes
 * what it needs before the bitmap is closed. `bytes` is the content of `file`.
 */
export async function decodePhoto<T>(
  file: Blob,
  bytes: Uint8Array,
  read: (bitmap: ImageBitmap) => T | Promise<T>,
): Promise<Decoded<T>> {
  if (bytes.length === 0) return reject('empty');
  const header = readImageHeader(bytes);
  if (header === null) return reject('not-an-image');
  const { kind, size } = header;
  if (!DECODED_EVERYWHERE.has(kind) && !DECODED_SOMEWHERE.has(kind)) {
    return reject('unsupported-kind', kind);
  }
  if (size !== null && isTooLarge(size)) return reject('too-large', describeSize(size));
  const pixels = size === null ? MAX_PIXELS : size.width * size.height;
  return decodeBudget.run(pixels, async () => {
    const bitmap = await decodeBitmap(file);
    if (bitmap === null) return rejectUndecoded(header);
    try {
      // A header may lie about the size.
      if (isTooLarge(bitmap)) return reject('too-large', describeSize(bitmap));
      return { status: 'decoded', value: await read(bitmap) };
    } finally {
      bitmap.close();
    }
  });
}

/** The file's bytes, or why they cannot be had: it may have been moved or changed since it was chosen. */
export async function readBytes(file: Blob): Promise<Decoded<Uint8Array<ArrayBuffer>>> {
  if (file.size > MAX_FILE_BYTES)
    return reject('too-large', `${Math.round(file.size / 2 ** 20)} MB`);
  try {
    return { status: 'decoded', value: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return reject('unreadable');
  }
}

/** A JPEG on white whose short side has at most 256 pixels. */
export async function drawThumbnail(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.min(bitmap.width, bitmap.height));
  // A strip a thousand times as long as wide is squeezed rather than drawn in full.
  const sideOf = (size: number) =>
    Math.min(Math.max(1, Math.round(size * scale)), THUMBNAIL_SIDE * 8);
  const canvas = new OffscreenCanvas(sideOf(bitmap.width), sideOf(bitmap.height));
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser cannot draw off screen');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: THUMBNAIL_QUALITY });
}

async function decodeBitmap(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'default',
    });
  } catch {
    return null;
  }
}

function rejectUndecoded({ kind }: ImageHeader): Rejection {
  return DECODED_EVERYWHERE.has(kind) ? reject('damaged') : reject('unsupported-kind', 'heic');
}

/** More than can be decoded without fear for the memory. */
export function isTooLarge({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): boolean {
  return width * height > MAX_PIXELS || width > MAX_SIDE || height > MAX_SIDE;
}

function describeSize({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): string {
  return `${width} × ${height}`;
}

function reject(problem: PhotoProblem, detail: string | null = null): Rejection {
  return { status: 'rejected', problem, detail };
}
