import { expect, it } from 'vitest';
import { crc32 } from './crc32.ts';

const encoded = (text: string) => new TextEncoder().encode(text);

// "Check" value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms (G. Cook).
it('agrees with the published check value, however the bytes are cut', () => {
  expect(crc32([encoded('123456789')])).toBe(0xcbf43926);
  expect(crc32([encoded('123'), encoded(''), encoded('456789')])).toBe(0xcbf43926);
});

it('of nothing is 0', () => {
  expect(crc32([])).toBe(0);
});
