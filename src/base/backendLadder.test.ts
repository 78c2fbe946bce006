import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackendCandidate, BackendName } from '../domain/backend.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import { getBackendReport } from '../storage/backendReports.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { BackendLadder } from './backendLadder.ts';
import { baseRunnable } from './baseRunnable.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { createBaseLoader } from './loadedBase.ts';
import { NetworkRunner } from './networkRunner.ts';
import { probeBackend } from './probeBackend.ts';

/** Every backend is the plain one here, except those that are broken. */
const broken = new Set<BackendName>();
vi.mock('../engine/backends.ts', () => ({
  startBackend: async (backend: BackendName) => {
    if (broken.has(backend))
      throw new GraftError('backend-unavailable', `No ${backend}`, { backend });
    await tf.setBackend('cpu');
  },
  findAdapter: () => Promise.resolve({ name: 'Fast GPU', isSoftware: false }),
}));
vi.mock('./probeBackend.ts', () => ({ probeBackend: vi.fn() }));

const skipped = (backend: BackendName): BackendCandidate => ({
  backend,
  adapter: 'SwiftShader',
  outcome: { kind: 'skipped', reason: 'software-adapter' },
});
const measured = (backend: BackendName, photosPerSecond: number): BackendCandidate => ({
  backend,
  adapter: 'Fast GPU',
  outcome: { kind: 'measured', photosPerSecond },
});

let database: Database;
let loaded: LoadedBase;
let ladder: BackendLadder;
let numDatabases = 0;

beforeEach(async () => {
  broken.clear();
  vi.mocked(probeBackend).mockReset();
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  vi.stubGlobal('fetch', (url: URL) =>
    Promise.resolve(new Response(readFileSync(`public${url.pathname}`))),
  );
  database = await openDatabase(`ladder ${++numDatabases}`);
  loaded = await createBaseLoader(database)('starter' as BaseId);
  ladder = new BackendLadder(database, new NetworkRunner());
});

const remembered = () => getBackendReport(database, loaded.base.graphHash);
const batch = () => new Float32Array(128 * 128 * 3);
const runOne = () =>
  ladder.run(loaded, 'auto', baseRunnable(loaded, loaded.base.defaultCut), batch(), 1);

describe('BackendLadder with auto', () => {
  it('answers on WASM at once, and stays there when no GPU is worth it', async () => {
    vi.mocked(probeBackend).mockImplementation((backend) =>
      Promise.resolve(backend === 'webgpu' ? skipped(backend) : measured(backend, 0.001)),
    );
    const report = await ladder.report(loaded, 'auto');
    expect(report).toMatchObject({ backend: 'wasm', candidates: [] });
    expect(report.photosPerSecond).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await remembered()).toBeDefined());
    expect(await ladder.report(loaded, 'auto')).toMatchObject({
      backend: 'wasm',
      candidates: [skipped('webgpu'), measured('webgl', 0.001)],
    });
  });

  it('moves to a GPU that is faster, tries no other, and remembers it', async () => {
    vi.mocked(probeBackend).mockResolvedValue(measured('webgpu', 1e6));
    await ladder.report(loaded, 'auto');
    await vi.waitFor(async () => expect(await remembered()).toBeDefined());
    const expected = { backend: 'webgpu', adapter: 'Fast GPU', photosPerSecond: 1e6 };
    expect(await ladder.report(loaded, 'auto')).toMatchObject(expected);
    expect(await remembered()).toMatchObject(expected);
    expect(probeBackend).toHaveBeenCalledTimes(1);

    const next = new BackendLadder(database, new NetworkRunner());
    expect(await next.report(loaded, 'auto')).toMatchObject({ backend: 'wasm' });
    await vi.waitFor(async () => {
      expect(await next.report(loaded, 'auto')).toMatchObject(expected);
    });
    expect(probeBackend).toHaveBeenCalledTimes(1);
  });

  it('does a batch again on WASM when the GPU is lost', async () => {
    vi.mocked(probeBackend).mockResolvedValue(measured('webgpu', 1e6));
    const expected = await runOne();
    await vi.waitFor(async () => {
      expect(await ladder.report(loaded, 'auto')).toMatchObject({ backend: 'webgpu' });
    });
    broken.add('webgpu');
    expect(await runOne()).toEqual(expected);
    const { backend, candidates } = await ladder.report(loaded, 'auto');
    expect(backend).toBe('wasm');
    expect(candidates.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'error' });
  });

  it('falls to the plain backend where WASM does not start', async () => {
    broken.add('wasm');
    vi.mocked(probeBackend).mockImplementation((backend) => Promise.resolve(skipped(backend)));
    expect(await ladder.report(loaded, 'auto')).toMatchObject({ backend: 'cpu' });
  });
});

describe('BackendLadder with a chosen backend', () => {
  it('uses it without trying others', async () => {
    const report = await ladder.report(loaded, 'webgl');
    expect(report).toMatchObject({ backend: 'webgl', adapter: 'Fast GPU', candidates: [] });
    expect(probeBackend).not.toHaveBeenCalled();
  });

  it('says when it is not available', async () => {
    broken.add('webgl');
    await expect(ladder.report(loaded, 'webgl')).rejects.toMatchObject({
      code: 'backend-unavailable',
    });
  });

  it('refuses one that computes wrong numbers', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ activation: new Array<number>(1280).fill(0.5) })),
    );
    await expect(ladder.report(loaded, 'cpu')).rejects.toMatchObject({ code: 'self-test-failed' });
  });
});
