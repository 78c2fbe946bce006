/** Longest stretch of work, after which messages such as a cancellation get their turn. */
const STRETCH_MS = 20;

/** A function to await between steps of work; it lets the event loop run whenever that is due. */
export function createBreather(): () => Promise<void> {
  let breathedAt = performance.now();
  return async () => {
    if (performance.now() - breathedAt < STRETCH_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    breathedAt = performance.now();
  };
}
