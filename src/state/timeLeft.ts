/** Below this, an estimate is a guess that would only make the user blink. */
const MIN_ELAPSED_MS = 500;

/** Seconds left at the average pace since `startedAt` (`performance.now()`); `null` while too early to tell. */
export function secondsLeft(startedAt: number, done: number, total: number): number | null {
  const elapsedMs = performance.now() - startedAt;
  if (done === 0 || elapsedMs < MIN_ELAPSED_MS) return null;
  return ((elapsedMs / done) * (total - done)) / 1000;
}
