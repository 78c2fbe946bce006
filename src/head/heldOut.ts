import type { Evaluation } from '../domain/evaluation.ts';
import type { HeldOutOutcomes } from '../domain/head.ts';
import { evaluate } from '../domain/metrics.ts';
import type { RunEvaluations, RunSample, SplitPart } from '../domain/trainingRun.ts';

/**
 * What the finished head answers on photos that it was not trained on, [numSamples, numClasses] in the
 * order of `samples`.
 */
export function heldOutOutcomes(
  samples: readonly RunSample[],
  probabilities: Float32Array,
): HeldOutOutcomes {
  return {
    sampleIds: samples.map(({ sampleId }) => sampleId),
    imageHashes: samples.map(({ imageHash }) => imageHash),
    parts: samples.map(({ part }) => (part === 'test' ? 'test' : 'validation')),
    trueIndices: samples.map(({ classIndex }) => classIndex),
    probabilities,
  };
}

/** One evaluation for each part that has photos. */
export function evaluateParts(heldOut: HeldOutOutcomes, numClasses: number): RunEvaluations {
  const ofPart = (part: Exclude<SplitPart, 'train'>): Evaluation | null => {
    const rows = [...heldOut.parts.keys()].filter((row) => heldOut.parts[row] === part);
    if (rows.length === 0) return null;
    return evaluate({
      trueIndices: rows.map((row) => heldOut.trueIndices[row] ?? -1),
      probabilities: rows.flatMap((row) => [
        ...heldOut.probabilities.subarray(row * numClasses, (row + 1) * numClasses),
      ]),
      numClasses,
    });
  };
  return { validation: ofPart('validation'), test: ofPart('test') };
}
