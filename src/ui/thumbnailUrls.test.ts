import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sha256 } from '../domain/ids.ts';
import { ThumbnailUrls } from './thumbnailUrls.ts';

const hash = (name: string) => name as Sha256;
const revoked: string[] = [];
let created = 0;

beforeEach(() => {
  revoked.length = 0;
  created = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${++created}`);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => {
    revoked.push(url);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('ThumbnailUrls', () => {
  test('loads a thumbnail once, however many ask', async () => {
    const load = vi.fn(() => Promise.resolve(new Blob(['x'])));
    const urls = new ThumbnailUrls(load);
    expect(urls.peek(hash('a'))).toBeNull();
    const answers = await Promise.all([urls.get(hash('a')), urls.get(hash('a'))]);
    expect(answers).toEqual(['blob:1', 'blob:1']);
    expect(await urls.get(hash('a'))).toBe('blob:1');
    expect(load).toHaveBeenCalledOnce();
  });

  test('revokes the one unused for longest', async () => {
    const urls = new ThumbnailUrls(() => Promise.resolve(new Blob(['x'])), 2);
    await urls.get(hash('a'));
    await urls.get(hash('b'));
    urls.peek(hash('a'));
    await urls.get(hash('c'));
    expect(revoked).toEqual(['blob:2']);
    expect(urls.peek(hash('a'))).toBe('blob:1');
    expect(urls.peek(hash('b'))).toBeNull();
  });

  test('asks again for a thumbnail that was not made yet', async () => {
    const load = vi.fn((): Promise<Blob | null> => Promise.resolve(new Blob(['x'])));
    load.mockResolvedValueOnce(null);
    const urls = new ThumbnailUrls(load);
    expect(await urls.get(hash('a'))).toBeNull();
    expect(await urls.get(hash('a'))).toBe('blob:1');
  });
});
