import { preprocessingFor, type BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { Project, Sample } from '../domain/project.ts';
import { assignSplit } from '../domain/split.ts';
import type { ClassifierSpec, RunSample } from '../domain/trainingRun.ts';

/** What a head of the project would be the end of. */
export function classifierFor(base: BaseModel, project: Project): ClassifierSpec {
  return {
    baseId: base.id,
    graphHash: base.graphHash,
    cut: project.cut,
    preprocessing: preprocessingFor(base, project.framing),
    labels: project.classLabels,
  };
}

/** The photos as the run will see them, whatever happens to the project meanwhile. */
export function runSamples(project: Project, samples: readonly Sample[]): RunSample[] {
  const parts = assignSplit(samples, project.headConfig);
  const classIndices = new Map(project.classLabels.map(({ id }, index) => [id, index]));
  return samples.flatMap(({ id, imageHash, classLabelId }, index) => {
    const classIndex = classIndices.get(classLabelId);
    const part = parts[index];
    if (classIndex === undefined || part === undefined) return [];
    return [{ sampleId: id, imageHash, classIndex, part }];
  });
}

/**
 * Refuses what cannot be trained before the photos are computed, not after.
 * Errors: too-few-classes, class-without-photos {name}.
 */
export function checkClasses(project: Project, samples: readonly Sample[]): void {
  if (project.classLabels.length < 2) {
    throw new GraftError('too-few-classes', 'Two classes are needed');
  }
  for (const { id, name } of project.classLabels) {
    if (samples.some(({ classLabelId }) => classLabelId === id)) continue;
    throw new GraftError('class-without-photos', `No photo in ${name}`, { name });
  }
}
