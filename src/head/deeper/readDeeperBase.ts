import { GraftError } from '../../domain/errors.ts';
import { numInputChannels } from '../../domain/preprocessing.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import { isOpaque } from '../../engine/baseBody.ts';
import type { Database } from '../../storage/database.ts';
import { readBase } from '../readBase.ts';
import type { DeeperBase } from './solveDeeper.ts';

/**
 * The classifier's base from storage. Errors: those of `readBase`; cut-not-trainable {layer} for a base
 * that runs as it is.
 */
export async function readDeeperBase(
  database: Database,
  classifier: ClassifierSpec,
): Promise<DeeperBase> {
  const { network } = await readBase(database, classifier);
  if (isOpaque(network)) {
    const [layer = ''] = network.nodes.slice(-1).map(({ name }) => name);
    throw new GraftError('cut-not-trainable', 'The base runs as it is', { layer });
  }
  const { cut, preprocessing } = classifier;
  const { inputHeight, inputWidth } = preprocessing;
  const inputShape = [inputHeight, inputWidth, numInputChannels(preprocessing)];
  return { network, cut, inputShape };
}
