import { cutKey } from './cut.ts';
import type { HeadConfig } from './headConfig.ts';
import type { Project } from './project.ts';
import type { CompletedRun, TrainingRun } from './trainingRun.ts';

/**
 * Whether gradient descent on the project as it is could begin with what the run has learnt: it must be on the
 * same activations and train the same layers. Layers of the base that a run has tuned are a beginning for
 * another that trains from the same layer on, and for no head alone, whose base is as it was. Photos and
 * classes may be others.
 */
export function canGoOnFrom(
  { classifier, config }: Pick<CompletedRun, 'classifier' | 'config'>,
  project: Pick<Project, 'baseId' | 'cut' | 'framing' | 'headConfig'>,
): boolean {
  return (
    classifier.baseId === project.baseId &&
    cutKey(classifier.cut) === cutKey(project.cut) &&
    classifier.preprocessing.framing === project.framing &&
    trainsSameLayers(config, project.headConfig)
  );
}

function trainsSameLayers(before: HeadConfig, now: HeadConfig): boolean {
  if (now.solver === 'exact') return false;
  if (now.solver === 'gradient') {
    return before.solver !== 'deeper' && hiddenLayersOf(before) === hiddenLayersOf(now);
  }
  if (before.solver !== 'deeper' || before.start === null) return false;
  // Left open, it goes on where the other began.
  return now.start === null || cutKey(now.start) === cutKey(before.start);
}

function hiddenLayersOf(config: HeadConfig): string {
  const layers = config.solver === 'gradient' ? config.hiddenLayers : [];
  return layers.map(({ units, activation }) => `${units} ${activation}`).join();
}

/** Whether the two would fit the same photos in the same way, but for the number of epochs. */
export function isSameFit(a: TrainingRun, b: TrainingRun): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf({ config, classifier, samples, augmentation }: TrainingRun): string {
  const { graphHash, cut, preprocessing, labels } = classifier;
  const classIds = labels.map(({ id }) => id);
  const settings = { ...config, epochs: null };
  return JSON.stringify([
    settings,
    graphHash,
    cutKey(cut),
    preprocessing,
    classIds,
    augmentation,
    samples,
  ]);
}
