import { expect, test } from 'vitest';
import type { HeadId, Sha256 } from './ids.ts';
import { reportQuantised } from './quantisedReport.ts';
import type { RunSample, SplitPart } from './trainingRun.ts';

const headId = 'head' as HeadId;
const samples = (part: SplitPart): RunSample[] =>
  [0, 1, 1, 0].map((classIndex, i) => ({
    sampleId: `sample-${i}` as RunSample['sampleId'],
    imageHash: `photo-${i}` as Sha256,
    classIndex,
    part,
  }));

/** Of all photos but the second, which is gone. */
const answers = {
  imageHashes: ['photo-0', 'photo-2', 'photo-3'] as Sha256[],
  before: Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.8, 0.2),
  after: Float32Array.of(0.8, 0.2, 0.6, 0.4, 0.7, 0.3),
};

test('counts on held-out photos what is right before and after', () => {
  const report = reportQuantised(headId, samples('test'), answers);
  expect(report).toEqual({
    headId,
    numPhotos: 3,
    agreement: 2 / 3,
    accuracy: { before: 1, after: 2 / 3 },
  });
});

test('tells no accuracy from photos that were trained on', () => {
  const { agreement, accuracy } = reportQuantised(headId, samples('train'), answers);
  expect(agreement).toBeCloseTo(2 / 3);
  expect(accuracy).toBeNull();
});
