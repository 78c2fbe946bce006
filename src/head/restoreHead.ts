import { GraftError } from '../domain/errors.ts';
import { activationSizeOf, type Head, type HeadWeights, type TunedTensor } from '../domain/head.ts';
import type { HeadId } from '../domain/ids.ts';
import type { Database } from '../storage/database.ts';
import { putHead } from '../storage/heads.ts';

/** Stores a head that came in an archive, once its parts fit together. Errors: archive-invalid. */
export async function restoreHead(
  database: Database,
  head: Head,
): Promise<{ readonly headId: HeadId }> {
  if (!isConsistent(head)) {
    throw new GraftError('archive-invalid', 'The parts of a head do not fit together');
  }
  await putHead(database, head);
  return { headId: head.id };
}

function isConsistent({ classifier, weights, tuned = [], heldOut }: Head): boolean {
  const numClasses = classifier.labels.length;
  const numSamples = heldOut.sampleIds.length;
  const isIndex = (index: number) => Number.isInteger(index) && index >= 0 && index < numClasses;
  return (
    numClasses >= 2 &&
    weights.bias.length === numClasses &&
    areChained(weights) &&
    tuned.every(isFilled) &&
    heldOut.imageHashes.length === numSamples &&
    heldOut.parts.length === numSamples &&
    heldOut.trueIndices.length === numSamples &&
    heldOut.trueIndices.every(isIndex) &&
    heldOut.probabilities.length === numSamples * numClasses &&
    heldOut.probabilities.every(Number.isFinite)
  );
}

/** Whether its base has such a tensor is found out where the two meet. */
function isFilled({ position, shape, values }: TunedTensor): boolean {
  const numValues = shape.reduce((product, size) => product * size, 1);
  const isPosition = Number.isInteger(position) && position >= 0;
  return isPosition && values.length === numValues && values.every(Number.isFinite);
}

/** Whether each layer takes as many numbers as the one before it gives, and all weights are finite. */
function areChained(weights: HeadWeights): boolean {
  let inputSize = activationSizeOf(weights);
  if (!Number.isInteger(inputSize) || inputSize === 0) return false;
  return [...(weights.hidden ?? []), weights].every(({ kernel, bias }) => {
    const isFitting = kernel.length === inputSize * bias.length;
    inputSize = bias.length;
    return isFitting && [kernel, bias].every((values) => values.every(Number.isFinite));
  });
}
