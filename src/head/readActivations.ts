import type { ActivationSpace } from '../domain/activationKey.ts';
import { GraftError } from '../domain/errors.ts';
import { decodeFloat16 } from '../domain/float16.ts';
import type { ClassifierSpec, RunSample } from '../domain/trainingRun.ts';
import { getActivations } from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import type { LabelledActivations } from './trainingSet.ts';

/**
 * The stored activations of `samples`, in their order; all zero samples give `activations` of length 0.
 * Errors: not-found {missing} where activations were never computed or have been evicted.
 */
export async function readActivations(
  database: Database,
  classifier: ClassifierSpec,
  samples: readonly RunSample[],
): Promise<LabelledActivations> {
  const space = activationSpace(classifier);
  const hashes = samples.map(({ imageHash }) => imageHash);
  const stored = await getActivations(database, space, hashes);
  const found = stored.filter((row) => row !== undefined);
  const missing = stored.length - found.length;
  if (missing > 0) {
    throw new GraftError('not-found', 'Some activations have not been computed', { missing });
  }
  return {
    activations: stackRows(found),
    classIndices: Int32Array.from(samples, ({ classIndex }) => classIndex),
  };
}

function activationSpace(classifier: ClassifierSpec): ActivationSpace {
  const { graphHash, cut, preprocessing } = classifier;
  return { graphHash, cut, preprocessing, view: 'original' };
}

function stackRows(rows: readonly Uint16Array[]): Float32Array {
  const activationSize = rows[0]?.length ?? 0;
  const matrix = new Float32Array(rows.length * activationSize);
  for (const [index, row] of rows.entries()) {
    if (row.length !== activationSize) {
      throw new GraftError('internal', 'Activations of one space differ in size');
    }
    matrix.set(decodeFloat16(row), index * activationSize);
  }
  return matrix;
}
