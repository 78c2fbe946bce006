import type { ClassWeightsConfig } from '../../domain/gradientSettings.ts';
import type { TrainingSet } from '../trainingSet.ts';

/**
 * How much a photo of each class counts, [numClasses]; `null` where all count the same. Balanced is
 * numSamples / (numClasses · numSamplesOfClass), as scikit-learn has it.
 */
export function classWeights(
  config: ClassWeightsConfig,
  {
    train: { classIndices },
    numClasses,
    labelIds = [],
  }: Pick<TrainingSet, 'train' | 'numClasses' | 'labelIds'>,
): Float32Array | null {
  switch (config.kind) {
    case 'none':
      return null;
    case 'own':
      return Float32Array.from({ length: numClasses }, (_, index) => {
        const id = labelIds[index];
        return (id === undefined ? undefined : config.byClass[id]) ?? 1;
      });
    case 'balanced': {
      const counts = new Float32Array(numClasses);
      for (const index of classIndices) counts[index] = (counts[index] ?? 0) + 1;
      // A class without photos has no part in it, whatever its weight.
      return counts.map((count) => classIndices.length / (numClasses * Math.max(count, 1)));
    }
  }
}
