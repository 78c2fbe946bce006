import type { TrainingRun } from '../domain/trainingRun.ts';
import type { Database } from '../storage/database.ts';
import type { DeeperExecution } from './deeper/solveDeeper.ts';
import { findBeginning } from './beginning.ts';
import { solveHead } from './solveHead.ts';
import type { Beginning, Solution, SolverProgress } from './solver.ts';
import type { TrainingSet } from './trainingSet.ts';

interface SolvingTools extends DeeperExecution {
  readonly database: Database;
}

/** The run's solver at work, with where it begins. Errors: not-found where that is gone. */
export async function startSolving(
  set: TrainingSet,
  run: TrainingRun,
  { database, signal, startTraining }: SolvingTools,
): Promise<{
  readonly solving: AsyncGenerator<SolverProgress, Solution>;
  readonly beginning: Beginning;
}> {
  const { config } = run;
  const beginning = await findBeginning(database, run);
  if (config.solver !== 'deeper') {
    return { solving: solveHead(set, config, signal, beginning), beginning };
  }
  // All gradients and the readers of every format, which few runs need.
  const { solveOnBase } = await import('./deeper/solveOnBase.ts');
  return {
    solving: solveOnBase(
      set,
      config,
      { ...run, database, beginning },
      { signal, ...(startTraining && { startTraining }) },
    ),
    beginning,
  };
}
