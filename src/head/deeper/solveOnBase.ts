import type { DeeperConfig } from '../../domain/headConfig.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import type { Database } from '../../storage/database.ts';
import type { Beginning, Solution, SolverProgress } from '../solver.ts';
import type { TrainingSet } from '../trainingSet.ts';
import { readDeeperBase } from './readDeeperBase.ts';
import { solveDeeper, type DeeperExecution } from './solveDeeper.ts';

export interface DeeperSubject {
  readonly classifier: ClassifierSpec;
  readonly database: Database;
  readonly beginning: Beginning;
}

/** `solveDeeper` on the classifier's base from storage. Errors: those of `readDeeperBase` too. */
export async function* solveOnBase(
  set: TrainingSet,
  config: DeeperConfig,
  { classifier, database, beginning }: DeeperSubject,
  execution: DeeperExecution,
): AsyncGenerator<SolverProgress, Solution> {
  const base = await readDeeperBase(database, classifier);
  return yield* solveDeeper(set, config, base, execution, beginning);
}
