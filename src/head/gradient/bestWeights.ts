import type { BestSoFar } from '../../domain/checkpoint.ts';
import type { GradientSettings } from '../../domain/gradientSettings.ts';

export interface BestWeights<Weights> {
  /** Takes the weights of an epoch and says whether to go on. */
  readonly take: (weights: Weights, validationLoss: number | null) => boolean;
  /** Those that the run would end with now; `null` before the first epoch is done. */
  readonly weights: () => Weights | null;
  /** To go on from; `null` before the first epoch is done. */
  readonly state: () => BestSoFar<Weights> | null;
}

/** The weights of the last epoch or, with early stopping, of the epoch of the lowest validation loss. */
export function createBestWeights<Weights>(
  earlyStopping: GradientSettings['earlyStopping'],
  from: BestSoFar<Weights> | null = null,
): BestWeights<Weights> {
  let best: Weights | null = from === null ? null : from.weights;
  let lowestLoss = from?.lowestLoss ?? Infinity;
  let numEpochsSince = from?.numEpochsSince ?? 0;
  return {
    take: (weights, validationLoss) => {
      if (earlyStopping === null || validationLoss === null || validationLoss < lowestLoss) {
        best = weights;
        lowestLoss = validationLoss ?? Infinity;
        numEpochsSince = 0;
        return true;
      }
      numEpochsSince += 1;
      return numEpochsSince < earlyStopping.patience;
    },
    weights: () => best,
    state: () => best && { weights: best, lowestLoss, numEpochsSince },
  };
}
