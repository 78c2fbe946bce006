import type { BaseModel } from './baseModel.ts';
import type { Cut } from './cut.ts';
import type { Evaluation } from './evaluation.ts';
import type { HeadConfig } from './headConfig.ts';
import type { ExactChoice, CompletedRun, SplitPart } from './trainingRun.ts';

/** What somebody who is given a model should know about it (Mitchell et al., 2019, "Model cards"). */
export interface ModelCard {
  readonly formatVersion: 1;
  readonly name: string;
  /** ISO 8601, of the training's end. */
  readonly trainedAt: string;
  readonly appVersion: string;
  readonly base: {
    readonly name: string;
    /** `null` where the files did not say. */
    readonly licence: string | null;
    readonly graphHash: string;
    readonly cut: Cut;
  };
  /** In output order. */
  readonly classes: readonly ({ readonly name: string } & Readonly<Record<SplitPart, number>>)[];
  readonly training: {
    readonly settings: HeadConfig;
    readonly chosen: ExactChoice | null;
    readonly numEpochs: number;
    readonly isStoppedEarly: boolean;
    readonly durationMs: number;
    readonly backend: string;
  };
  /** On photos that it was not trained on; test photos before validation photos. */
  readonly heldOut:
    | ({ readonly part: Exclude<SplitPart, 'train'> } & Pick<
        Evaluation,
        'numSamples' | 'accuracy' | 'interval' | 'confusionMatrix' | 'perClass'
      >)
    | null;
}

/** The card of a run's model. */
export function createModelCard(
  run: CompletedRun,
  { name: baseName, licence }: Pick<BaseModel, 'name' | 'licence'>,
  name: string,
): ModelCard {
  const { graphHash, cut, labels } = run.classifier;
  const count = (classIndex: number, part: SplitPart) =>
    run.samples.filter((sample) => sample.classIndex === classIndex && sample.part === part).length;
  return {
    formatVersion: 1,
    name,
    trainedAt: new Date(run.finishedAt).toISOString(),
    appVersion: run.appVersion,
    base: { name: baseName, licence, graphHash, cut },
    classes: labels.map((label, index) => ({
      name: label.name,
      train: count(index, 'train'),
      validation: count(index, 'validation'),
      test: count(index, 'test'),
    })),
    training: {
      settings: run.config,
      chosen: run.chosen ?? null,
      numEpochs: run.epochs.length,
      isStoppedEarly: run.isStoppedEarly,
      durationMs: Math.round(run.durationMs),
      backend: run.backend,
    },
    heldOut: heldOutOf(run),
  };
}

function heldOutOf({ evaluations: { test, validation } }: CompletedRun): ModelCard['heldOut'] {
  const evaluation = test ?? validation;
  if (evaluation === null) return null;
  const { numSamples, accuracy, interval, confusionMatrix, perClass } = evaluation;
  const part = test === null ? 'validation' : 'test';
  return { part, numSamples, accuracy, interval, confusionMatrix, perClass };
}
