import { afterEach, describe, expect, it, vi } from 'vitest';
import { STARTER_BASE } from './bases.ts';
import { fetchBundledBases } from './bundledBases.ts';
import { readBundledBases } from './readBundledBases.ts';

const entry = {
  ...STARTER_BASE,
  id: 'vgg16',
  addresses: ['bases/vgg16/weights.h5'],
  quality: 'good',
  selfTestUrl: null,
};
const index = new URL('http://localhost/bases/index.json');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('readBundledBases', () => {
  it('gives back what was written', () => {
    expect(readBundledBases(JSON.parse(JSON.stringify([entry])))).toEqual([entry]);
  });

  it.each([
    ['an address of another host', { addresses: ['https://example.com/model.json'] }],
    ['an address above the bases', { addresses: ['bases/../../secret'] }],
    ['no address', { addresses: [] }],
    ['a format that is not known', { format: 'caffe' }],
    ['a size that is no number', { sizeBytes: '1' }],
    ['a pixel range without an order', { pixelRange: { scale: [1], offset: [0] } }],
    ['a cut at no layer', { defaultCut: { positions: [-1], pooling: 'none' } }],
    ['no hash', { graphHash: null }],
  ])('leaves out an entry with %s', (_, change) => {
    expect(readBundledBases([{ ...entry, ...change }, entry])).toEqual([entry]);
  });

  it.each([null, 'x', {}, [null, 1]])('takes %j for an empty index', (value) => {
    expect(readBundledBases(value)).toEqual([]);
  });
});

describe('fetchBundledBases', () => {
  it.each([
    ['there is no index', () => Promise.resolve(new Response('', { status: 404 }))],
    ['the index is a page', () => Promise.resolve(new Response('<html>'))],
    ['there is no network', () => Promise.reject(new TypeError('Offline'))],
  ])('finds none where %s', async (_, answer) => {
    vi.stubGlobal('fetch', answer);
    expect(await fetchBundledBases(index)).toEqual([]);
  });

  it('finds those of the index', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json([entry])));
    expect(await fetchBundledBases(index)).toEqual([entry]);
  });
});
