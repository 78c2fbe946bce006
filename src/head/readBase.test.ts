import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { putStoredBase } from '../storage/bases.ts';
import { openDatabase, type Database } from '../storage/database.ts';

const modelJson = readFileSync('public/bases/starter/model.json', 'utf8');
const weights = ownBuffer(readFileSync('public/bases/starter/weights.bin'));

let database: Database;
let fetched: string[];

function trainedOn(baseId: BaseId, graphHash?: Sha256): ClassifierSpec {
  return { baseId, graphHash: graphHash ?? STARTER_BASE.graphHash } as ClassifierSpec;
}

/** The module looks where its worker lies as soon as it is loaded. */
async function readBase(classifier: ClassifierSpec) {
  return (await import('./readBase.ts')).readBase(database, classifier);
}

beforeEach(async () => {
  database = await openDatabase(`bases ${crypto.randomUUID()}`);
  fetched = [];
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/head/head.worker.ts' } });
  vi.stubGlobal('fetch', (url: URL) => {
    fetched.push(url.pathname);
    if (url.pathname.endsWith('index.json')) return Promise.resolve(Response.json([]));
    return Promise.resolve(new Response(url.pathname.endsWith('json') ? modelJson : weights));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('readBase', () => {
  it('fetches a base that ships with the app from the app', async () => {
    const { network } = await readBase(trainedOn('starter' as BaseId));
    expect(network).toHaveProperty('layers.length', 155);
    expect(fetched.filter((path) => !path.endsWith('index.json'))).toEqual([
      '/bases/starter/model.json',
      '/bases/starter/weights.bin',
    ]);
  });

  it('takes a downloaded base from storage and asks nobody', async () => {
    const id = 'downloaded' as BaseId;
    const graphHash = '0' as Sha256;
    const files = [
      { name: 'model.json', blob: new Blob([modelJson]) },
      { name: 'weights.bin', blob: new Blob([weights]) },
    ];
    const base = { ...STARTER_BASE, id, graphHash };
    await putStoredBase(database, { id, base, files, storedAt: 0 }, null);
    expect(await readBase(trainedOn(id, graphHash))).toHaveProperty('network.layers.length', 155);
    expect(fetched).toEqual([]);
  });

  it('refuses another base than the head was trained on', async () => {
    const classifier = trainedOn('starter' as BaseId, 'f'.repeat(64) as Sha256);
    await expect(readBase(classifier)).rejects.toMatchObject({ code: 'base-hash-mismatch' });
  });

  it('says which base has to be downloaded first', async () => {
    await expect(readBase(trainedOn('mobilenet-v2-0.35-224' as BaseId))).rejects.toMatchObject({
      code: 'base-not-stored',
      details: { base: 'MobileNetV2 0.35' },
    });
    expect(fetched).toEqual(['/bases/index.json']);
  });
});
