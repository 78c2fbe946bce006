import { expect, it } from 'vitest';
import { crc32 } from '../domain/crc32.ts';
import { drawGoldenPicture, NUM_GOLDEN_PICTURES } from '../domain/goldenPictures.ts';
import { formulaPixels } from '../exporters/exportFixture.ts';
import { encodePng } from './encodePng.ts';
import { decodePng } from './goldenFixture.ts';

it.each([
  [1, 1],
  [5, 7],
  [96, 64],
])('keeps every pixel of %i × %i', async (height, width) => {
  const pixels = formulaPixels(height, width);
  const png = await encodePng(pixels, height, width);
  const decoded = await decodePng(png);
  expect(decoded).toMatchObject({ height, width });
  expect(Buffer.from(decoded.rgb).equals(Buffer.from(pixels))).toBe(true);
});

it('ends as every PNG does, by its well-known last bytes', async () => {
  const png = await encodePng(formulaPixels(2, 2), 2, 2);
  const end = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
  expect([...png.subarray(-12)]).toEqual(end);
  expect(crc32([png.subarray(-8, -4)])).toBe(0xae426082);
});

it('draws pictures that are all different, always the same, and small', async () => {
  const files = await Promise.all(
    Array.from({ length: NUM_GOLDEN_PICTURES }, (_, i) =>
      encodePng(drawGoldenPicture(i, 224, 224), 224, 224),
    ),
  );
  expect(new Set(files.map((file) => crc32([file]))).size).toBe(NUM_GOLDEN_PICTURES);
  const sizeBytes = files.reduce((sum, { length }) => sum + length, 0);
  expect(sizeBytes).toBeLessThan(40_000);
  // Another drawing would belong to the answers of other files.
  const sums = Array.from({ length: NUM_GOLDEN_PICTURES }, (_, i) =>
    crc32([Uint8Array.from(drawGoldenPicture(i, 32, 48))]),
  );
  expect(sums).toMatchInlineSnapshot(`
    [
      3273322634,
      578224184,
      2267400192,
      4171894129,
      311530860,
      2029311922,
      4218985846,
      1559185694,
    ]
  `);
});

it('draws what no mirroring, turning or swap of channels leaves as it is', () => {
  const side = 32;
  for (let i = 0; i < NUM_GOLDEN_PICTURES; i++) {
    const pixels = drawGoldenPicture(i, side, side);
    const at = (x: number, y: number, channel: number) => pixels[(y * side + x) * 3 + channel] ?? 0;
    const changed: ((x: number, y: number, channel: number) => number)[] = [
      (x, y, channel) => at(side - 1 - x, y, channel),
      (x, y, channel) => at(x, side - 1 - y, channel),
      (x, y, channel) => at(y, x, channel),
      (x, y, channel) => at(x, y, 2 - channel),
    ];
    for (const change of changed) {
      let numOther = 0;
      for (let j = 0; j < pixels.length; j++) {
        const [x, y] = [Math.floor(j / 3) % side, Math.floor(j / 3 / side)];
        if (Math.abs(change(x, y, j % 3) - at(x, y, j % 3)) > 8) numOther += 1;
      }
      expect(numOther / pixels.length).toBeGreaterThan(0.05);
    }
  }
});
