import type { TFunction } from 'i18next';
import type { ExactConfig, HeadConfig } from '../../domain/headConfig.ts';
import { isOpenedModel, type ExactChoice, type TrainingRun } from '../../domain/trainingRun.ts';
import { heldOutEvaluation, isCompleted } from '../../state/selectedRun.ts';
import type { Format } from '../../ui/format.ts';
import { deeperFacts, type DeeperFactKey } from './deeper/deeperFacts.ts';
import { gradientFacts, type GradientFactKey } from './gradient/gradientFacts.ts';

type RunFactKey =
  | GradientFactKey
  | DeeperFactKey
  | 'accuracy'
  | 'interval'
  | 'heldOut'
  | 'trainPhotos'
  | 'trainViews'
  | 'base'
  | 'solver'
  | 'scaling'
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
  /** Left out where none of the runs to compare has it. */
  readonly isOptional?: boolean;
}

/** Of a model that was opened, no more is known than what can be seen in it. */
const SEEN_IN_MODEL: readonly RunFactKey[] = ['base', 'hiddenLayers'];

/** What there is to compare about a run, always in the same order. */
export function runFacts(run: TrainingRun, ...others: Rest): RunFact[] {
  const facts = trainingFacts(run, ...others);
  if (!isOpenedModel(run)) return facts;
  return facts.map((fact) => (SEEN_IN_MODEL.includes(fact.key) ? fact : { ...fact, text: null }));
}

type Rest = readonly [baseName: string, format: Format, t: TFunction<'train'>];

function trainingFacts(run: TrainingRun, ...[baseName, format, t]: Rest): RunFact[] {
  const evaluation = heldOutEvaluation(run);
  const { config } = run;
  const steps = config.solver === 'exact' ? null : config;
  const { scaling, l2 } = fittedWith(config, isCompleted(run) ? run.chosen : undefined);
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
    { key: 'trainViews', text: viewText(run, format, t), isOptional: true },
    { key: 'base', text: baseName },
    { key: 'solver', text: t(`solver.${config.solver}`) },
    { key: 'scaling', text: scaling && t(`scaling.${scaling}`) },
    // A stopped run has fewer than it was asked for.
    { key: 'epochs', text: format.number(run.epochs.length) },
    { key: 'batchSize', text: steps && format.number(steps.batchSize) },
    { key: 'learningRate', text: steps && format.number(steps.learningRate, 6) },
    { key: 'l2', text: l2 === null ? null : format.number(l2, 8) },
    ...deeperFacts(config, t).map((fact) => ({ ...fact, isOptional: true })),
    ...gradientFacts(steps, format, t).map((fact) => ({ ...fact, isOptional: true })),
    { key: 'validationShare', text: format.percent(config.validationShare) },
    { key: 'seed', text: String(config.seed) },
    { key: 'seconds', text: isCompleted(run) ? format.number(run.durationMs / 1000, 1) : null },
  ];
}

/** How much was learnt from where photos had views; `null` where they had none. */
function viewText(run: TrainingRun, format: Format, t: TFunction<'train'>): string | null {
  if (run.augmentation === undefined) return null;
  const { numViews } = run.augmentation;
  const numPhotos = run.samples.filter(({ part }) => part === 'train').length;
  return t('facts.trainViewsText', {
    views: format.number(numViews),
    total: format.number(numPhotos * (numViews + 1)),
  });
}

/** What was asked for, with what the solver found where that was left to it. */
function fittedWith(
  config: HeadConfig,
  chosen: ExactChoice | undefined,
): { readonly scaling: ExactConfig['scaling'] | null; readonly l2: number | null } {
  if (config.solver === 'deeper') return { scaling: null, l2: null };
  if (config.solver === 'gradient') return config;
  return chosen ?? config;
}
