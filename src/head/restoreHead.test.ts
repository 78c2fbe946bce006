import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Head } from '../domain/head.ts';
import type { HeadId, SampleId, Sha256 } from '../domain/ids.ts';
import { openDatabase } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { restoreHead } from './restoreHead.ts';

const head = {
  id: 'head' as HeadId,
  classifier: { labels: [{ name: 'cat' }, { name: 'dog' }] },
  weights: { kernel: new Float32Array(8), bias: new Float32Array(2) },
  heldOut: {
    sampleIds: ['sample' as SampleId],
    imageHashes: ['0' as Sha256],
    parts: ['test'],
    trueIndices: [1],
    probabilities: new Float32Array([0.25, 0.75]),
  },
} as unknown as Head;

describe('restoreHead', () => {
  it('stores a head whose parts fit together', async () => {
    const database = await openDatabase('restore');
    expect(await restoreHead(database, head)).toEqual({ headId: 'head' });
    expect(await getHead(database, head.id)).toEqual(head);
  });

  const { weights, heldOut } = head;
  it.each<[string, Partial<Head>]>([
    [
      'a bias for another number of classes',
      { weights: { ...weights, bias: new Float32Array(3) } },
    ],
    [
      'a hidden layer that gives more than the next takes',
      {
        weights: {
          ...weights,
          hidden: [{ kernel: new Float32Array(9), bias: new Float32Array(3), activation: 'relu' }],
        },
      },
    ],
    ['half a kernel', { weights: { ...weights, kernel: new Float32Array(7) } }],
    [
      'a weight that is no number',
      { weights: { ...weights, bias: new Float32Array([Number.NaN, 0]) } },
    ],
    [
      'a tuned tensor that is not filled',
      { tuned: [{ position: 3, role: 'kernel', shape: [2, 2], values: new Float32Array(3) }] },
    ],
    [
      'a tuned tensor with a value that is no number',
      { tuned: [{ position: 3, role: 'beta', shape: [1], values: Float32Array.of(Infinity) }] },
    ],
    ['a class that there is not', { heldOut: { ...heldOut, trueIndices: [2] } }],
    ['too few probabilities', { heldOut: { ...heldOut, probabilities: new Float32Array(1) } }],
  ])('refuses %s', async (_, change) => {
    const database = await openDatabase('refuse');
    await expect(restoreHead(database, { ...head, ...change })).rejects.toMatchObject({
      code: 'archive-invalid',
    });
    expect(await database.count('heads')).toBe(0);
  });
});
