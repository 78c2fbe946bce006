import type { Augmentation } from '../domain/augmentation.ts';
import { preprocessingFor, type BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { Project, Sample } from '../domain/project.ts';
import { assignSplit } from '../domain/split.ts';
import {
  activationCut,
  type ClassifierSpec,
  type RunSample,
  type TrainingRun,
} from '../domain/trainingRun.ts';
import type { ViewsToEmbed } from '../domain/viewsToEmbed.ts';

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

/** How a run of the project would be augmented: nothing where it would not be. */
export function augmentationOf({ augmentation }: Project): {
  readonly augmentation?: Augmentation;
} {
  return augmentation === undefined || augmentation.numViews === 0 ? {} : { augmentation };
}

/** The views that such a run needs: of the photos that it is trained on. */
export function viewsToEmbed(
  project: Project,
  samples: readonly Sample[],
): { readonly views?: ViewsToEmbed } {
  const { augmentation } = augmentationOf(project);
  if (augmentation === undefined) return {};
  const train = runSamples(project, samples).filter(({ part }) => part === 'train');
  return { views: { augmentation, imageHashes: train.map(({ imageHash }) => imageHash) } };
}

/** What is to be computed of these photos for training. */
export function photosOf(project: Project, samples: readonly Sample[]) {
  const { baseId, cut, framing } = project;
  const imageHashes = samples.map(({ imageHash }) => imageHash);
  return { baseId, cut, framing, imageHashes, ...viewsToEmbed(project, samples) };
}

/** The same for a run that was started already. */
export function photosOfRun(run: TrainingRun) {
  const { classifier, samples, augmentation } = run;
  const { baseId, preprocessing } = classifier;
  const hashesOf = (some: readonly RunSample[]) => some.map(({ imageHash }) => imageHash);
  const train = samples.filter(({ part }) => part === 'train');
  return {
    baseId,
    cut: activationCut(run),
    framing: preprocessing.framing,
    imageHashes: hashesOf(samples),
    ...(augmentation && { views: { augmentation, imageHashes: hashesOf(train) } }),
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
