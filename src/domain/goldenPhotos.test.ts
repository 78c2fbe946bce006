import { expect, test } from 'vitest';
import { chooseGoldenPhotos } from './goldenPhotos.ts';
import type { Sha256 } from './ids.ts';
import type { RunSample, SplitPart } from './trainingRun.ts';

const sample = (name: string, classIndex: number, part: SplitPart): RunSample => ({
  sampleId: name as RunSample['sampleId'],
  imageHash: name as Sha256,
  classIndex,
  part,
});

test('takes held-out photos first, one class after the other', () => {
  const samples = [
    sample('a-train', 0, 'train'),
    sample('a-test', 0, 'test'),
    sample('b-train', 1, 'train'),
    sample('b-validation', 1, 'validation'),
  ];
  expect(chooseGoldenPhotos(samples)).toEqual(['a-test', 'b-validation', 'a-train', 'b-train']);
});

test('takes eight at most, each photo once', () => {
  const many = Array.from({ length: 40 }, (_, i) => sample(String(i % 20), i % 3, 'validation'));
  const chosen = chooseGoldenPhotos(many);
  expect(chosen).toHaveLength(8);
  expect(new Set(chosen).size).toBe(8);
});

test('takes none where there are none', () => {
  expect(chooseGoldenPhotos([])).toEqual([]);
});
