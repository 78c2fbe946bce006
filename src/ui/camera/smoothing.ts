/** After this long an old answer counts for a third (1/e), in milliseconds. */
export const SMOOTHING_MS = 250;

/**
 * Exponential smoothing by time, so that bars move alike on fast and slow machines:
 * `previous + (1 − e^(−elapsed / SMOOTHING_MS)) · (next − previous)`. Probabilities stay ones that sum to 1.
 */
export function smooth(
  previous: readonly number[] | null,
  next: readonly number[],
  elapsedMs: number,
): readonly number[] {
  if (previous?.length !== next.length) return next;
  const weight = 1 - Math.exp(-elapsedMs / SMOOTHING_MS);
  return next.map((value, index) => {
    const before = previous[index] ?? value;
    return before + weight * (value - before);
  });
}
