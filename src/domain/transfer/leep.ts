export interface SourcePredictions {
  /** [numSamples, numSources], each row a distribution over the base's own classes. */
  readonly probabilities: ArrayLike<number>;
  readonly numSources: number;
  /** [numSamples] */
  readonly classIndices: ArrayLike<number>;
  readonly numClasses: number;
}

/**
 * LEEP of Nguyen et al. (ICML 2020), in nats: the mean log likelihood of the photos' classes under
 * "draw a source class from the base, then a class as the photos of that source class have it".
 * 0 at best.
 */
export function leep(predictions: SourcePredictions): number {
  const { probabilities, numSources, classIndices, numClasses } = predictions;
  const joint = new Float64Array(numClasses * numSources);
  const sources = new Float64Array(numSources);
  for (let sample = 0; sample < classIndices.length; sample++) {
    const ofClass = (classIndices[sample] ?? 0) * numSources;
    for (let source = 0; source < numSources; source++) {
      const probability = probabilities[sample * numSources + source] ?? 0;
      joint[ofClass + source] = (joint[ofClass + source] ?? 0) + probability;
      sources[source] = (sources[source] ?? 0) + probability;
    }
  }
  let logLikelihood = 0;
  for (let sample = 0; sample < classIndices.length; sample++) {
    const ofClass = (classIndices[sample] ?? 0) * numSources;
    let likelihood = 0;
    for (let source = 0; source < numSources; source++) {
      const ofSource = sources[source] ?? 0;
      // A source class that no photo has any of cannot be drawn.
      if (ofSource === 0) continue;
      const probability = probabilities[sample * numSources + source] ?? 0;
      likelihood += ((joint[ofClass + source] ?? 0) / ofSource) * probability;
    }
    logLikelihood += Math.log(likelihood);
  }
  return logLikelihood / classIndices.length;
}
