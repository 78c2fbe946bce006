import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeFloat16 } from '../domain/float16.ts';
import type { Sha256 } from '../domain/ids.ts';
import { pixelSpace } from '../domain/pixelSpace.ts';
import { PREPROCESSING_VERSION, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { twoConvolutionPixels } from '../domain/twoConvolutions.ts';
import { getActivations } from '../storage/activations.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { embedPixels } from './embedPixels.ts';
import type { Services } from './services.ts';

const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;
const hashes = Array.from({ length: 40 }, (_, i) => hashOf(i));

/** Stands for decoding: photo 13 is damaged, every other has its number as all of its values. */
const prepare = vi.fn<Services['photos']['prepare']>((sources) => {
  const index = hashes.indexOf(sources[0] as Sha256);
  return Promise.resolve([
    index === 13
      ? { status: 'rejected', problem: 'damaged', detail: null }
      : { status: 'decoded', value: new Uint8ClampedArray(4 * 3).fill(index) },
  ]);
});

let database: Database;

beforeEach(async () => {
  prepare.mockClear();
  database = await openDatabase(`pixels ${crypto.randomUUID()}`);
});

function specFor(isGrey: boolean): PreprocessingSpec {
  const size = { inputHeight: 2, inputWidth: 2, framing: 'centre-square' } as const;
  return { version: PREPROCESSING_VERSION, ...size, ...twoConvolutionPixels({ isGrey }) };
}

function embed(isGrey: boolean, signal = new AbortController().signal, report = vi.fn()) {
  const services = { database, photos: { prepare } } as unknown as Services;
  const params = { preprocessing: specFor(isGrey), imageHashes: hashes };
  return embedPixels(services, params, { signal, report });
}

describe('embedPixels', () => {
  it('stores what a network sees of each photo, in colour and in grey', async () => {
    for (const isGrey of [false, true]) {
      expect(await embed(isGrey)).toEqual({ failed: [hashOf(13)] });
      const stored = await getActivations(database, pixelSpace(specFor(isGrey)), hashes);
      expect(stored[13]).toBeUndefined();
      for (const [i, row = new Uint16Array()] of stored.entries()) {
        if (i === 13) continue;
        expect(row).toHaveLength(isGrey ? 4 : 12);
        // The weights of grey come to 0.9999.
        for (const value of decodeFloat16(row)) expect(value).toBeCloseTo(i / 255, 3);
      }
    }
  });

  it('computes a photo once', async () => {
    await embed(false);
    prepare.mockClear();
    await embed(false);
    expect(prepare.mock.calls.map(([[source]]) => source)).toEqual([hashOf(13)]);
  });

  it('ends when it is cancelled, and keeps what it has', async () => {
    const controller = new AbortController();
    const report = vi.fn(({ done }: { readonly done: number }) => {
      if (done === 0) controller.abort();
    });
    await expect(embed(false, controller.signal, report)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await database.count('activations')).toBe(31);
    expect(report).toHaveBeenCalledWith({ done: 0, total: 40 });
  });
});
