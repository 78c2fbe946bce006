import type { BaseId } from './ids.ts';
import type { Project } from './project.ts';
import type { TrainingRun } from './trainingRun.ts';

/** The bases that a project needs to be whole: its own, then those that its models were trained on. */
export function projectBases(
  { baseId }: Pick<Project, 'baseId'>,
  runs: readonly TrainingRun[],
): readonly BaseId[] {
  const completed = runs.filter(({ status }) => status === 'completed');
  return [...new Set([baseId, ...completed.map(({ classifier }) => classifier.baseId)])];
}
