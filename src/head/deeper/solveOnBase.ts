import { GraftError } from '../../domain/errors.ts';
import type { DeeperConfig } from '../../domain/headConfig.ts';
import { numInputChannels } from '../../domain/preprocessing.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import { isOpaque } from '../../engine/baseBody.ts';
import type { Database } from '../../storage/database.ts';
import { readBase } from '../readBase.ts';
import type { Beginning, Solution, SolverProgress } from '../solver.ts';
import type { TrainingSet } from '../trainingSet.ts';
import { solveDeeper } from './solveDeeper.ts';

export interface DeeperSubject {
  readonly classifier: ClassifierSpec;
  readonly database: Database;
  readonly beginning: Beginning;
}

/**
 * `solveDeeper` on the classifier's base from storage. Errors: those of `readBase` too; cut-not-trainable
 * {layer} for a base that runs as it is.
 */
export async function* solveOnBase(
  set: TrainingSet,
  config: DeeperConfig,
  { classifier, database, beginning }: DeeperSubject,
  signal: AbortSignal,
): AsyncGenerator<SolverProgress, Solution> {
  const network = await readBase(database, classifier);
  if (isOpaque(network)) {
    const [layer = ''] = network.nodes.slice(-1).map(({ name }) => name);
    throw new GraftError('cut-not-trainable', 'The base runs as it is', { layer });
  }
  const { cut, preprocessing } = classifier;
  const { inputHeight, inputWidth } = preprocessing;
  const inputShape = [inputHeight, inputWidth, numInputChannels(preprocessing)];
  return yield* solveDeeper(set, config, { network, cut, inputShape }, signal, beginning);
}
