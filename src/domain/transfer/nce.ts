/**
 * Negative conditional entropy of Tran, Nguyen and Hassner (ICCV 2019), in nats: -H(class | source
 * class), from one source class and one class per photo. 0 at best.
 */
export function negativeConditionalEntropy(
  sourceIndices: ArrayLike<number>,
  classIndices: ArrayLike<number>,
): number {
  const numSamples = classIndices.length;
  const pairs = new Map<string, number>();
  const sources = new Map<number, number>();
  for (let sample = 0; sample < numSamples; sample++) {
    const source = sourceIndices[sample] ?? 0;
    const pair = `${String(source)} ${String(classIndices[sample])}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    sources.set(source, (sources.get(source) ?? 0) + 1);
  }
  let negativeEntropy = 0;
  for (const [pair, count] of pairs) {
    const ofSource = sources.get(Number.parseInt(pair, 10)) ?? count;
    negativeEntropy += (count / numSamples) * Math.log(count / ofSource);
  }
  return negativeEntropy;
}
