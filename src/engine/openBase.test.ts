import './fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { BaseId } from '../domain/ids.ts';
import { openBase } from './openBase.ts';

const added: BaseModel = {
  ...STARTER_BASE,
  id: 'vgg16' as BaseId,
  addresses: ['bases/vgg16/model.json', 'bases/vgg16/weights.bin'],
  quality: 'good',
  selfTestUrl: null,
};

let requests: string[];

beforeEach(() => {
  requests = [];
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  // Beside the app lies a base `vgg16`, whose files are those of the starter.
  vi.stubGlobal('fetch', ({ pathname }: URL) => {
    requests.push(pathname);
    if (pathname === '/bases/index.json') return Promise.resolve(Response.json([added]));
    const file = `public${pathname.replace('vgg16', 'starter')}`;
    return Promise.resolve(new Response(readFileSync(file)));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('openBase', () => {
  it('finds a base that was put beside the app, and fetches its files from there', async () => {
    const { base, network } = await openBase(added.id, undefined);
    expect(base).toEqual(added);
    expect(network).toHaveProperty('layers.length', 155);
    expect(requests.slice(1).sort()).toEqual(added.addresses.map((address) => `/${address}`));
  });

  it('reads a stored one without asking for anything', async () => {
    const files = ['model.json', 'weights.bin'].map((name) => ({
      name,
      blob: new Blob([readFileSync(`public/bases/starter/${name}`)]),
    }));
    const base = { ...added, name: 'Stored' };
    expect((await openBase(added.id, { base, files })).base).toBe(base);
    expect(requests).toEqual([]);
  });

  it('says by name which base is not at hand', async () => {
    await expect(openBase('vgg19' as BaseId, undefined)).rejects.toMatchObject({
      code: 'base-not-stored',
      details: { base: 'VGG19' },
    });
  });
});
