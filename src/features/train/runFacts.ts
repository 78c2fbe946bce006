import type { TrainingRun } from '../../domain/trainingRun.ts';
import { heldOutEvaluation, isCompleted } from '../../state/selectedRun.ts';
import type { Format } from '../../ui/format.ts';

type RunFactKey =
  | 'accuracy'
  | 'interval'
  | 'heldOut'
  | 'trainPhotos'
  | 'base'
  | 'epochs'
  | 'batchSize'
  | 'learningRate'
  | 'l2'
  | 'validationShare'
  | 'seed'
  | 'seconds';

export interface RunFact {
  readonly key: RunFactKey;
  /** `null` where the run has no such number. */
  readonly text: string | null;
}

/** What there is to compare about a run, always in the same order. */
export function runFacts(run: TrainingRun, baseName: string, format: Format): RunFact[] {
  const evaluation = heldOutEvaluation(run);
  const { config } = run;
  const interval = evaluation?.interval;
  return [
    { key: 'accuracy', text: evaluation && format.percent(evaluation.accuracy, 1) },
    {
      key: 'interval',
      text: interval ? `${format.percent(interval.low)} – ${format.percent(interval.high)}` : null,
    },
    { key: 'heldOut', text: format.number(evaluation?.numSamples ?? 0) },
    {
      key: 'trainPhotos',
      text: format.number(run.samples.filter(({ part }) => part === 'train').length),
    },
    { key: 'base', text: baseName },
    // A stopped run has fewer than it was asked for.
    { key: 'epochs', text: format.number(run.epochs.length) },
    { key: 'batchSize', text: format.number(config.batchSize) },
    { key: 'learningRate', text: format.number(config.learningRate, 6) },
    { key: 'l2', text: format.number(config.l2, 6) },
    { key: 'validationShare', text: format.percent(config.validationShare) },
    { key: 'seed', text: String(config.seed) },
    { key: 'seconds', text: isCompleted(run) ? format.number(run.durationMs / 1000, 1) : null },
  ];
}
