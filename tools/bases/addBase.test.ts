import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFileServer, type FileServer } from '../../src/engine/fileServerFixture.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../../src/network/kerasModelFixture.ts';
import { addBase } from './addBase.ts';
import { readIndex, removeFromIndex } from './bundledIndex.ts';

const assets = process.env['GRAFT_ASSETS'];
const fetchForReal = globalThis.fetch;

let root: string;
let server: FileServer;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'graft-bases-'));
  server = await startFileServer();
  const { modelJson, weights } = fixtureModel(
    [
      fixtureInput('in', 32, 32, 3),
      fixtureLayer('Conv2D', 'conv', { filters: 64, kernel_size: [5, 5], use_bias: false }, 'in'),
    ],
    [fixtureTensor('conv/kernel', 5, 5, 3, 64)],
  );
  const sharded = modelJson.replace('weights.bin', 'shards/one part.bin');
  server.files.set('small net/model.json', new TextEncoder().encode(sharded));
  server.files.set('small net/shards/one part.bin', new Uint8Array(weights));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  rmSync(root, { recursive: true });
  await server.close();
});

const options = () => ({
  root,
  downloads: join(root, 'downloads'),
  isHeadless: false,
  onBytes: vi.fn(),
});
const add = (path: string) => addBase(new URL(path, server.origin).href, options());

/** Every address is one of this machine's server; what it has is called by the file's name. */
function answerEveryHost() {
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) =>
    fetchForReal(new URL(url.pathname.split('/').at(-1) ?? '', server.origin), init),
  );
}

describe('addBase', () => {
  it('puts a model and its weights where the app finds them', async () => {
    const base = await add('small%20net/model.json');
    expect(base).toMatchObject({ origin: 'bundled', inputHeight: 32, numParameters: 4800 });
    expect(readIndex(root)).toEqual([base]);
    const folder = `bases/${base.id}`;
    expect(base.addresses).toEqual([`${folder}/model.json`, `${folder}/one%20part.bin`]);
    expect(readdirSync(join(root, base.id)).sort()).toEqual(['model.json', 'one part.bin']);
    expect(removeFromIndex(root, base.id)).toBe(true);
    expect(readIndex(root)).toEqual([]);
    expect(existsSync(join(root, base.id))).toBe(false);
    expect(removeFromIndex(root, base.id)).toBe(false);
  });

  it('goes on with a download that was broken off', async () => {
    server.breaksAfterBytes = 15_000;
    await expect(add('small%20net/model.json')).rejects.toMatchObject({ code: 'base-unreachable' });
    expect(readIndex(root)).toEqual([]);
    server.breaksAfterBytes = null;
    await add('small%20net/model.json');
    expect(server.requests).toEqual([
      'small net/model.json',
      'small net/shards/one part.bin',
      'small net/shards/one part.bin bytes=15000-',
    ]);
    expect(readIndex(root)).toHaveLength(1);
  });

  it('takes a folder, and what it made itself', async () => {
    const base = await add('small%20net/model.json');
    const again = await addBase(join(root, base.id), { ...options(), root: join(root, 'copy') });
    expect(again).toEqual({ ...base, name: 'one part' });
    expect(readdirSync(join(root, 'copy', base.id))).toHaveLength(2);
  });

  it('does not put the starter base there twice', async () => {
    expect((await addBase('public/bases/starter', options())).id).toBe('starter');
    expect(readIndex(root)).toEqual([]);
  });

  it('leaves nothing of what is no base, is missing, or is nowhere', async () => {
    server.files.set('page.h5', new TextEncoder().encode('<html>'));
    await expect(add('page.h5')).rejects.toMatchObject({ code: 'base-invalid' });
    await expect(add('nothing.h5')).rejects.toMatchObject({ code: 'base-unreachable' });
    await expect(addBase('vgg61', options())).rejects.toThrow('vgg61');
    expect(readIndex(root)).toEqual([]);
  });

  it('refuses another network than the catalogue means', async () => {
    answerEveryHost();
    for (const name of ['model.json', 'weights.bin']) {
      server.files.set(name, readFileSync(`public/bases/starter/${name}`));
    }
    await expect(addBase('mobilenet-v2-0.35-224', options())).rejects.toMatchObject({
      code: 'base-hash-mismatch',
    });
    expect(readdirSync(join(root, 'downloads'))).toEqual([]);
  });

  it.skipIf(assets === undefined)(
    'takes one of the catalogue by its name (needs GRAFT_ASSETS)',
    async () => {
      answerEveryHost();
      const folder = join(assets ?? '', 'weights/mobilenet_v2_0.35_224');
      for (const name of ['model.json', 'weights.bin']) {
        server.files.set(name, readFileSync(join(folder, name)));
      }
      const base = await addBase('mobilenet-v2-0.35-224', options());
      expect(base).toMatchObject({ origin: 'bundled', isVerified: true, sizeBytes: 1_739_692 });
      expect(readIndex(root)).toEqual([base]);
    },
  );
});
