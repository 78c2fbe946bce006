import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { createRandom, type Random } from '../src/domain/random.ts';

/** Three kinds of pictures that anybody can tell apart. */
export const PHOTO_KINDS = ['stripes', 'dots', 'glow'] as const;
export type PhotoKind = (typeof PHOTO_KINDS)[number];

/** In pixels. */
interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

const LANDSCAPE: PhotoSize = { width: 160, height: 120 };
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Writes `<folder>/<kind>/<kind>-<n>.png`; the same seed gives the same bytes. */
export function writePhotoTree(folder: string, photosPerKind: number, seed: number): void {
  for (const kind of PHOTO_KINDS) {
    mkdirSync(join(folder, kind), { recursive: true });
    for (const [index, bytes] of drawPhotos(kind, photosPerKind, seed).entries()) {
      writeFileSync(join(folder, kind, `${kind}-${index + 1}.png`), bytes);
    }
  }
}

/** PNG files of one kind, all different. */
export function drawPhotos(
  kind: PhotoKind,
  count: number,
  seed: number,
  size: PhotoSize = LANDSCAPE,
): Buffer[] {
  const random = createRandom(seed * PHOTO_KINDS.length + PHOTO_KINDS.indexOf(kind));
  return Array.from({ length: count }, () => encodePng(drawPixels(kind, random, size), size));
}

/** RGB rows; two colours mixed by a pattern of random size and place, with noise on top. */
function drawPixels(kind: PhotoKind, random: Random, { width, height }: PhotoSize): Uint8Array {
  const back = [0, 1, 2].map(() => 30 + 80 * random.next());
  const front = [0, 1, 2].map(() => 150 + 100 * random.next());
  const pitch = 12 + 10 * random.next();
  const left = pitch * random.next();
  const top = pitch * random.next();
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = PATTERNS[kind](x + left, y + top, pitch);
      const noise = 24 * (random.next() - 0.5);
      for (let channel = 0; channel < 3; channel++) {
        const value = (back[channel] ?? 0) * (1 - share) + (front[channel] ?? 0) * share + noise;
        pixels[(y * width + x) * 3 + channel] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return pixels;
}

/** How much of the front colour shows at a place, 0 to 1. */
const PATTERNS: Record<PhotoKind, (x: number, y: number, pitch: number) => number> = {
  stripes: (x, _y, pitch) => (x % pitch < pitch / 2 ? 1 : 0),
  dots: (x, y, pitch) =>
    Math.hypot((x % pitch) - pitch / 2, (y % pitch) - pitch / 2) < pitch / 3 ? 1 : 0,
  glow: (x, y) => Math.exp(-Math.hypot(x - 80, y - 60) / 40),
};

/** 8-bit RGB PNG without filtering (PNG specification, third edition, chapters 5 and 11). */
function encodePng(pixels: Uint8Array, { width, height }: PhotoSize): Buffer {
  const rowBytes = width * 3;
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from(PNG_SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
