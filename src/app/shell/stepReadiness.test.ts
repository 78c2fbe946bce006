import { expect, test } from 'vitest';
import type { Project, Sample } from '../../domain/project.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { missingForSteps } from './stepReadiness.ts';

const project = { classLabels: [{ id: 'cat' }, { id: 'dog' }] } as unknown as Project;
const photoOf = (classLabelId: string) => ({ classLabelId }) as Sample;
const run = (status: TrainingRun['status']) => ({ status }) as TrainingRun;

test('training needs photos in two classes, the later steps a completed run', () => {
  expect(missingForSteps(project, [photoOf('cat'), photoOf('cat')], [])).toMatchObject({
    collect: null,
    train: 'classes',
    evaluate: 'run',
  });
  const samples = [photoOf('cat'), photoOf('dog')];
  expect(missingForSteps(project, samples, [run('failed')])).toMatchObject({
    train: null,
    predict: 'run',
  });
  expect(missingForSteps(project, samples, [run('failed'), run('completed')])).toMatchObject({
    evaluate: null,
    predict: null,
    export: null,
  });
});

test('photos of a class that is gone do not count', () => {
  expect(missingForSteps(project, [photoOf('cat'), photoOf('gone')], []).train).toBe('classes');
});
