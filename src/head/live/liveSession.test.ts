import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeFloat16 } from '../../domain/float16.ts';
import type { BaseId, ClassLabelId, Sha256 } from '../../domain/ids.ts';
import { applyLiveHead, type LiveHead } from '../../domain/liveHead.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import { putActivations } from '../../storage/activations.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { createLiveSession } from './liveSession.ts';

const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;
const classifier: ClassifierSpec = {
  baseId: 'starter' as BaseId,
  graphHash: hashOf(255),
  cut: { positions: [7], pooling: 'global-average' },
  preprocessing: {
    version: 1,
    inputHeight: 8,
    inputWidth: 8,
    framing: 'centre-square',
    channelOrder: 'rgb',
    scale: [1],
    offset: [0],
  },
  labels: ['cat', 'dog'].map((name, colorIndex) => ({
    id: name as ClassLabelId,
    name,
    colorIndex,
  })),
};
/** Even photos are cats. */
const activation = (index: number) =>
  Float32Array.of(1 + 4 * (index % 2), 5 - 4 * (index % 2), Math.sin(index), 1);
const photos = (...indices: number[]) =>
  indices.map((index) => ({ imageHash: hashOf(index), classIndex: index % 2 }));

let database: Database;
let refresh: ReturnType<typeof createLiveSession>;
const signal = new AbortController().signal;

beforeEach(async () => {
  database = await openDatabase(`live ${crypto.randomUUID()}`);
  refresh = createLiveSession(database);
  const batch = Array.from({ length: 20 }, (_, index) => ({
    imageHash: hashOf(index),
    values: encodeFloat16(activation(index)),
  }));
  await putActivations(database, { ...classifier, view: 'original' }, batch);
});

const catShare = (live: LiveHead | null, index: number) =>
  live === null ? NaN : (applyLiveHead(live, activation(index))[0] ?? NaN);

describe('createLiveSession', () => {
  it('answers as soon as two classes have photos', async () => {
    expect(await refresh({ classifier, photos: photos(0, 2) }, signal)).toBeNull();
    const live = await refresh({ classifier, photos: photos(0, 2, 1) }, signal);
    expect(live?.numPhotos).toBe(3);
    expect(catShare(live, 4)).toBeGreaterThan(0.5);
    expect(catShare(live, 5)).toBeLessThan(0.5);
  });

  it('comes to what it would have come to at once, whatever was added, moved and removed', async () => {
    await refresh({ classifier, photos: photos(0, 1, 2, 3) }, signal);
    await refresh({ classifier, photos: photos(0, 1, 2, 3, 4, 5) }, signal);
    await refresh({ classifier, photos: photos(0, 1, 4, 5) }, signal);
    const all = photos(0, 1, 4, 5, 6, 7, 8, 9, 10, 11);
    const moved = all.map((photo, i) => (i === 0 ? { ...photo, classIndex: 1 } : photo));
    const live = await refresh({ classifier, photos: moved }, signal);
    const anew = await createLiveSession(database)({ classifier, photos: moved }, signal);
    expect(live?.numPhotos).toBe(10);
    for (const index of [12, 13]) {
      expect(catShare(live, index)).toBeCloseTo(catShare(anew, index), 5);
    }
  });

  it('leaves out photos that are not computed, and takes them in when they are', async () => {
    const live = await refresh({ classifier, photos: photos(0, 1, 30) }, signal);
    expect(live?.numPhotos).toBe(2);
    const values = encodeFloat16(activation(30));
    const space = { ...classifier, view: 'original' } as const;
    await putActivations(database, space, [{ imageHash: hashOf(30), values }]);
    const after = await refresh({ classifier, photos: photos(0, 1, 30) }, signal);
    expect(after?.numPhotos).toBe(3);
  });

  it('begins anew for another base, cut or framing', async () => {
    await refresh({ classifier, photos: photos(0, 1) }, signal);
    const elsewhere = { ...classifier, graphHash: hashOf(254) };
    expect(await refresh({ classifier: elsewhere, photos: photos(0, 1) }, signal)).toBeNull();
    const back = await refresh({ classifier, photos: photos(0, 1) }, signal);
    expect(back?.numPhotos).toBe(2);
  });

  it('stops when it is cancelled', async () => {
    const cancelled = AbortSignal.abort();
    await expect(refresh({ classifier, photos: photos(0, 1) }, cancelled)).rejects.toMatchObject({
      code: 'cancelled',
    });
    const live = await refresh({ classifier, photos: photos(0, 1) }, signal);
    expect(live?.numPhotos).toBe(2);
  });
});
