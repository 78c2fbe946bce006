import type { Project, Sample } from '../../domain/project.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import type { Step } from '../../ui/route.ts';

/** What a step still needs before it is of use. */
export type MissingForStep = 'classes' | 'run';

/** For each step what it still needs; `null` where it can be used. */
export function missingForSteps(
  project: Project,
  samples: readonly Sample[],
  runs: readonly TrainingRun[],
): Readonly<Record<Step, MissingForStep | null>> {
  const known = new Set(project.classLabels.map(({ id }) => id));
  const filled = new Set(
    samples.map(({ classLabelId }) => classLabelId).filter((id) => known.has(id)),
  );
  const classes = filled.size >= 2 ? null : 'classes';
  const run = runs.some(({ status }) => status === 'completed') ? null : 'run';
  return { collect: null, base: null, train: classes, evaluate: run, predict: run, export: run };
}
