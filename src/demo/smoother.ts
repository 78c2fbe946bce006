/** Share of each new frame; live bars would flicker otherwise. */
const NEW_SHARE = 0.4;

/** A function that blends each row of probabilities into those before it. */
export function createSmoother(): (probabilities: Float32Array) => number[] {
  let blended: number[] | null = null;
  return (probabilities) => {
    const before: readonly number[] = blended ?? Array.from(probabilities);
    blended = Array.from(probabilities, (probability, index) => {
      const old = before[index] ?? 0;
      return old + NEW_SHARE * (probability - old);
    });
    return blended;
  };
}
