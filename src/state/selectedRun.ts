import type { Evaluation } from '../domain/evaluation.ts';
import type { CompletedRun, TrainingRun } from '../domain/trainingRun.ts';
import type { AppState } from './appState.ts';

/** The run that the pages show: the chosen one, else the newest that has a model. `null` before the first. */
export function selectedRun({
  runs,
  selectedRunId,
}: Pick<AppState, 'runs' | 'selectedRunId'>): CompletedRun | null {
  const completed = runs.filter(isCompleted);
  return completed.find(({ id }) => id === selectedRunId) ?? completed[0] ?? null;
}

export function isCompleted(run: TrainingRun): run is CompletedRun {
  return run.status === 'completed';
}

/** The run's measure of itself: test before validation, `null` where nothing was held out. */
export function heldOutEvaluation(run: TrainingRun): Evaluation | null {
  return isCompleted(run) ? (run.evaluations.test ?? run.evaluations.validation) : null;
}
