import { expect, test } from 'vitest';
import type { HeldOutOutcomes } from '../../domain/head.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { Sample } from '../../domain/project.ts';
import { cellPhotos, isMoved } from './cellPhotos.ts';

const outcomes = {
  sampleIds: ['a', 'b', 'c', 'd'],
  imageHashes: ['ha', 'hb', 'hc', 'hd'],
  parts: ['validation', 'validation', 'validation', 'test'],
  trueIndices: [0, 0, 0, 0],
  probabilities: Float32Array.from([0.25, 0.75, 0.125, 0.875, 1, 0, 0, 1]),
} as unknown as HeldOutOutcomes;
const query = { part: 'validation', trueIndex: 0, predictedIndex: 1, numClasses: 2 } as const;
const samples = [{ id: 'a', classLabelId: 'cat' }] as unknown as Sample[];

test('lists the photos of the cell and the part, the surest first', () => {
  const photos = cellPhotos(outcomes, query, samples);
  expect(photos.map(({ sampleId }) => sampleId)).toEqual(['b', 'a']);
  expect(photos.map(({ probabilities }) => probabilities)).toEqual([
    [0.125, 0.875],
    [0.25, 0.75],
  ]);
});

test('knows which photos were deleted or moved since', () => {
  const [deleted, there] = cellPhotos(outcomes, query, samples);
  expect(deleted?.sample).toBeNull();
  expect(there && isMoved(there, 'cat' as ClassLabelId)).toBe(false);
  expect(there && isMoved(there, 'dog' as ClassLabelId)).toBe(true);
});
