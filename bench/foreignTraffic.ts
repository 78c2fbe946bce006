import type { BrowserContext } from '@playwright/test';

/** Counts the bytes of answers from other origins than `origin`. */
export function watchForeignTraffic(context: BrowserContext, origin: string): () => number {
  let numBytes = 0;
  context.on('requestfinished', (request) => {
    const url = new URL(request.url());
    if (!url.protocol.startsWith('http') || url.origin === origin) return;
    void request
      .response()
      .then((response) => response?.body())
      .then((body) => (numBytes += body?.length ?? 0));
  });
  return () => numBytes;
}
