import type { HeadConfig } from '../../domain/headConfig.ts';
import type { CompletedRun, RunLabel, SplitPart } from '../../domain/trainingRun.ts';

interface JobNames {
  readonly modelName: string;
  readonly startLayer: string | null;
}

/** What `job.json` says: all that the program is to do, and what came out in the app. */
export function jobDescription(run: CompletedRun, { modelName, startLayer }: JobNames) {
  const { classifier, config, epochs, evaluations, samples } = run;
  const count = (part: SplitPart) => samples.filter((sample) => sample.part === part).length;
  return {
    formatVersion: 1,
    writtenBy: `Graft ${run.appVersion}`,
    name: modelName,
    labels: classifier.labels.map(({ name }) => name),
    settings: settingsOf(config, classifier.labels),
    /** Scaling and strength that the exact solver has found. */
    chosen: run.chosen ?? null,
    /** What a run that the user ended has done; `null`: all of its epochs. */
    stopAfterEpochs: run.isStoppedEarly && config.solver !== 'exact' ? epochs.length : null,
    /** Layers of the base above this one are trained too. */
    startLayer,
    augmentation: run.augmentation ?? null,
    cut: classifier.cut,
    preprocessing: classifier.preprocessing,
    numSamples: { train: count('train'), validation: count('validation'), test: count('test') },
    accuracyInGraft: {
      validation: evaluations.validation?.accuracy ?? null,
      test: evaluations.test?.accuracy ?? null,
    },
  };
}

/** Own weights of classes by output, since nobody else knows the classes' ids. */
function settingsOf(config: HeadConfig, labels: readonly RunLabel[]) {
  if (config.solver === 'exact' || config.classWeights.kind !== 'own') return config;
  const { kind, byClass } = config.classWeights;
  const weights = labels.map(({ id }) => byClass[id] ?? 1);
  return { ...config, classWeights: { kind, weights } };
}
