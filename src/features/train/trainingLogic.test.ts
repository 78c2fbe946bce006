import { describe, expect, test } from 'vitest';
import type { Project, Sample } from '../../domain/project.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { changedSettings, changesSince } from './runChanges.ts';
import { trainingSetOf } from './trainingSet.ts';

const photo = (id: string, classLabelId: string, split: Sample['split'] = 'auto') =>
  ({ id, classLabelId, split, imageHash: id.padEnd(64, '0') }) as Sample;

describe('trainingSetOf', () => {
  const project = {
    classLabels: [
      { id: 'cat', name: 'Cat' },
      { id: 'dog', name: 'Dog' },
    ],
  } as unknown as Project;

  test('counts each class by part, folders before the share', () => {
    const cats = Array.from({ length: 10 }, (_, index) => photo(`a${index}`, 'cat'));
    const dogs = [photo('b1', 'dog', 'train'), photo('b2', 'dog', 'test')];
    const set = trainingSetOf(project, [...cats, ...dogs], { validationShare: 0.2, seed: 1 });
    expect(set.classes.map(({ counts }) => counts)).toEqual([
      { train: 8, validation: 2, test: 0 },
      { train: 1, validation: 0, test: 1 },
    ]);
    expect(set.total).toEqual({ train: 9, validation: 2, test: 1 });
  });
});

describe('changesSince', () => {
  const run = {
    classifier: { labels: [{ id: 'cat' }, { id: 'dog' }] },
    samples: [
      { sampleId: 'a', classIndex: 0 },
      { sampleId: 'b', classIndex: 0 },
      { sampleId: 'c', classIndex: 1 },
    ],
  } as unknown as TrainingRun;

  test('finds what was added, removed and moved', () => {
    const samples = [photo('a', 'cat'), photo('b', 'dog'), photo('d', 'cat'), photo('e', 'dog')];
    expect(changesSince(run, samples)).toEqual({ numAdded: 2, numRemoved: 1, numMoved: 1 });
  });

  test('finds nothing where nothing changed', () => {
    const samples = [photo('a', 'cat'), photo('b', 'cat'), photo('c', 'dog')];
    expect(changesSince(run, samples)).toEqual({ numAdded: 0, numRemoved: 0, numMoved: 0 });
  });
});

test('changedSettings tells another base from another cut of the same one', () => {
  const project = {
    baseId: 'starter',
    cut: { positions: [5], pooling: 'global-max' },
    framing: 'padded',
  } as unknown as Project;
  const { baseId, cut, framing } = project;
  const run = { classifier: { baseId, cut, preprocessing: { framing } } } as unknown as TrainingRun;
  expect(changedSettings(run, project)).toEqual([]);
  const cutElsewhere = { ...project, cut: { ...cut, positions: [4] } };
  expect(changedSettings(run, cutElsewhere)).toEqual(['cut']);
  const other = { ...cutElsewhere, baseId: 'other', framing: 'stretched' } as unknown as Project;
  expect(changedSettings(run, other)).toEqual(['base', 'framing']);
});
