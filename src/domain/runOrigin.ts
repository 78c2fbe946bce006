import { cutKey } from './cut.ts';
import type { HeadConfig } from './headConfig.ts';
import type { Project } from './project.ts';
import type { CompletedRun, TrainingRun } from './trainingRun.ts';

/**
 * Whether gradient descent on the project as it is could begin with the run's head: it must take the same
 * activations, through the same hidden layers. Photos and classes may be others.
 */
export function canGoOnFrom(
  { classifier, config }: CompletedRun,
  project: Pick<Project, 'baseId' | 'cut' | 'framing' | 'headConfig'>,
): boolean {
  return (
    project.headConfig.solver === 'gradient' &&
    // Its head is for a base with other weights.
    config.solver !== 'deeper' &&
    classifier.baseId === project.baseId &&
    cutKey(classifier.cut) === cutKey(project.cut) &&
    classifier.preprocessing.framing === project.framing &&
    hiddenLayersOf(config) === hiddenLayersOf(project.headConfig)
  );
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
