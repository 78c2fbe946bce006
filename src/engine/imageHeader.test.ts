import { describe, expect, it } from 'vitest';
import { readImageHeader } from './imageHeader.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => new TextEncoder().encode(value);

describe('readImageHeader', () => {
  it('tells kind and size of a PNG from its first bytes', () => {
    const header = bytes(137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13);
    const size = bytes(...text('IHDR'), 0, 1, 0, 0, 0, 0, 1, 2);
    const png = bytes(...header, ...size, 8, 2, 0, 0, 0, 0, 0, 0, 0);
    expect(readImageHeader(png)).toEqual({ kind: 'png', size: { width: 65536, height: 258 } });
  });

  it('gives the size of a photo that lies on its side as it is seen', () => {
    const orientation = (value: number) => [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0];
    const exif = (value: number) => [
      ...[0xff, 0xe1, 0, 34, ...text('Exif'), 0, 0, ...text('MM'), 0, 42, 0, 0, 0, 8],
      ...[...orientation(value), 0, 0, 0, 0],
    ];
    const frame = [0xff, 0xc0, 0, 17, 8, 1, 0, 2, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
    const jpeg = (value: number) => bytes(0xff, 0xd8, ...exif(value), ...frame, 0xff, 0xda, 0, 2);
    expect(readImageHeader(jpeg(1))?.size).toEqual({ width: 512, height: 256 });
    expect(readImageHeader(jpeg(3))?.size).toEqual({ width: 512, height: 256 });
    expect(readImageHeader(jpeg(6))?.size).toEqual({ width: 256, height: 512 });
  });

  it('knows a JPEG whose header is cut off', () => {
    expect(readImageHeader(bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16))).toEqual({
      kind: 'jpg',
      size: null,
    });
  });

  it('knows a drawing from a picture, and text from both', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="9"></svg>';
    expect(readImageHeader(text(svg))?.kind).toBe('svg');
    expect(readImageHeader(text('hello'))).toBeNull();
    expect(readImageHeader(bytes())).toBeNull();
  });
});
