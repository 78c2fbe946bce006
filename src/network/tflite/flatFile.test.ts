import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../byteSource.ts';
import { FlatFile } from './flatFile.ts';

const MIB = 2 ** 20;

describe('FlatFile', () => {
  it('reads numbers wherever they lie, also across the pages that it keeps', () => {
    const bytes = Uint8Array.from({ length: 6 * MIB }, (_, i) => (i * 37) % 251);
    const view = new DataView(bytes.buffer);
    const file = new FlatFile(bytesInMemory('x', bytes));
    const places = [0, 65_535, 65_533, 3 * MIB - 1, 5 * MIB + 7, bytes.length - 8];
    for (const at of [...places, ...places]) {
      expect(file.number('uint8', at)).toBe(view.getUint8(at));
      expect(file.number('uint16', at)).toBe(view.getUint16(at, true));
      expect(file.number('int32', at)).toBe(view.getInt32(at, true));
      expect(file.number('float32', at)).toBe(view.getFloat32(at, true));
      expect(file.number('int64', at)).toBe(Number(view.getBigInt64(at, true)));
    }
  });

  it('keeps few pages of a large file', () => {
    let bytesRead = 0;
    const read = (start: number, end: number) => {
      bytesRead += end - start;
      return new Uint8Array(end - start);
    };
    const file = new FlatFile({ name: 'x', size: 2 ** 32, read });
    for (let at = 0; at < 2 ** 32; at += 2 ** 24) file.number('uint32', at);
    expect(bytesRead).toBeLessThan(32 * MIB);
  });

  it.each([-1, 9, 12, 2 ** 32, NaN])('refuses to look beyond the end, at %d', (at) => {
    const file = new FlatFile(bytesInMemory('x', new Uint8Array(12)));
    expect(() => file.number('uint32', at)).toThrow('beyond its end');
    expect(() => file.numbers('uint32', at, 1)).toThrow('beyond its end');
    expect(() => file.range(at, 4)).toThrow('beyond its end');
  });

  it('refuses a list longer than the file, and one that is read without end', () => {
    const file = new FlatFile(bytesInMemory('x', new Uint8Array(MIB)));
    expect(() => file.numbers('int64', 0, 2 ** 32 - 1)).toThrow('beyond its end');
    const readAll = () => file.bytes({ start: 0, end: MIB });
    readAll();
    readAll();
    expect(readAll).toThrow('again and again');
  });
});
