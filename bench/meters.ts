import type { BrowserContext, Page } from '@playwright/test';

/** What is watched on the page's thread while something else drives the page. */
export interface Meters {
  /** Longest task since the last call with the same or another name. */
  readonly takeLongestTaskMs: () => number;
  readonly peakHeapMB: () => number;
  readonly stop: () => void;
}

const HEAP_POLL_MS = 200;

declare global {
  interface Window {
    reportLongTask: (durationMs: number) => void;
  }
  interface Performance {
    /** Chromium only; exact with `--enable-precise-memory-info`. */
    readonly memory: { readonly usedJSHeapSize: number };
  }
}

/** Call before the page is opened. Long Tasks are those above 50 ms; shorter ones count as 0. */
export async function startMeters(context: BrowserContext, page: Page): Promise<Meters> {
  let longestTaskMs = 0;
  let peakHeapBytes = 0;
  await context.exposeFunction('reportLongTask', (durationMs: number) => {
    longestTaskMs = Math.max(longestTaskMs, durationMs);
  });
  await context.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.reportLongTask(duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  const timer = setInterval(() => {
    page
      .evaluate(() => performance.memory.usedJSHeapSize)
      .then((bytes) => (peakHeapBytes = Math.max(peakHeapBytes, bytes)))
      // Between two documents there is nothing to measure.
      .catch(() => undefined);
  }, HEAP_POLL_MS);
  return {
    takeLongestTaskMs: () => {
      const taken = longestTaskMs;
      longestTaskMs = 0;
      return Math.round(taken);
    },
    peakHeapMB: () => Math.round(peakHeapBytes / 1e5) / 10,
    stop: () => {
      clearInterval(timer);
    },
  };
}
