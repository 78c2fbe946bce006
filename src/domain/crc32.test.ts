import { expect, it } from 'vitest';
import { crc32 } from './crc32.ts';

// "Check" value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms (G. Cook).
it('agrees with the published check value', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

it('of nothing is 0', () => {
  expect(crc32(new Uint8Array())).toBe(0);
});
