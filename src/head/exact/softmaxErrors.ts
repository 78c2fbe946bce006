/** How well probabilities fit the classes of some photos. */
export interface Fit {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  readonly accuracy: number;
}

/**
 * Turns logits [numSamples, numClasses] in place into probability minus target, adds the errors of each
 * class to `classSums` [numClasses], and says how well the probabilities fit.
 */
export function toErrors(
  logits: Float32Array,
  classIndices: Int32Array,
  classSums: Float64Array,
): Fit {
  const numClasses = classSums.length;
  let [loss, numRight] = [0, 0];
  for (const [row, trueClass] of classIndices.entries()) {
    const start = row * numClasses;
    const trueLogit = logits[start + trueClass] ?? 0;
    let largest = -Infinity;
    let best = 0;
    for (let c = 0; c < numClasses; c++) {
      const logit = logits[start + c] ?? 0;
      // A logit that is no number has to show in the loss.
      if (logit <= largest) continue;
      largest = logit;
      best = c;
    }
    let sum = 0;
    for (let c = 0; c < numClasses; c++) {
      const power = Math.exp((logits[start + c] ?? 0) - largest);
      logits[start + c] = power;
      sum += power;
    }
    loss += Math.log(sum) + largest - trueLogit;
    if (best === trueClass) numRight++;
    for (let c = 0; c < numClasses; c++) {
      const error = (logits[start + c] ?? 0) / sum - (c === trueClass ? 1 : 0);
      logits[start + c] = error;
      classSums[c] = (classSums[c] ?? 0) + error;
    }
  }
  return { loss: loss / classIndices.length, accuracy: numRight / classIndices.length };
}
