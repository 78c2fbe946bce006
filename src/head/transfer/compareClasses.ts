import type { OwnClasses } from '../../domain/baseSummary.ts';
import { indexOfLargest } from '../../domain/metrics.ts';
import type { ClassifierSpec, RunSample } from '../../domain/trainingRun.ts';
import { leep } from '../../domain/transfer/leep.ts';
import { negativeConditionalEntropy } from '../../domain/transfer/nce.ts';
import type { TransferReport } from '../../domain/transferReport.ts';
import type { Database } from '../../storage/database.ts';
import { readActivations } from '../readActivations.ts';
import { softmax } from '../softmaxHead.ts';

/**
 * NCE and LEEP of a base from its stored answers of its own classes and the classes of the photos;
 * nothing where it has no classes or gives what is no number. Errors: not-found {missing}.
 */
export async function compareClasses(
  database: Database,
  classifier: ClassifierSpec,
  samples: readonly RunSample[],
  own: OwnClasses | null,
): Promise<Pick<TransferReport, 'ownClasses'>> {
  if (own === null) return {};
  const { numClasses: numSources, areLogits, cut } = own;
  const stored = await readActivations(database, { ...classifier, cut }, samples);
  const { activations: probabilities, classIndices } = stored;
  if (!probabilities.every(Number.isFinite)) return {};
  if (areLogits) takeSoftmax(probabilities, numSources);
  const sourceIndices = Array.from(classIndices, (_, sample) =>
    indexOfLargest(probabilities, sample * numSources, numSources),
  );
  const numClasses = classifier.labels.length;
  return {
    ownClasses: {
      numClasses: numSources,
      areLogits,
      nce: negativeConditionalEntropy(sourceIndices, classIndices),
      leep: leep({ probabilities, numSources, classIndices, numClasses }),
    },
  };
}

/** In place, row by row. */
function takeSoftmax(values: Float32Array, size: number): void {
  for (let start = 0; start < values.length; start += size) {
    values.set(softmax(Float64Array.from(values.subarray(start, start + size))), start);
  }
}
