import type { Page } from '@playwright/test';

/**
 * Notes from now on the largest buffer that the page's workers make or fill from a file. WebAssembly's
 * memory, where networks live, is none of them. Gives what tells its size in bytes.
 */
export async function watchBuffers(page: Page): Promise<() => Promise<number>> {
  const workers = page.workers();
  await Promise.all(workers.map((worker) => worker.evaluate(noteBuffers)));
  return async () => {
    const read = () => Number(Reflect.get(self, 'largestBufferBytes'));
    return Math.max(...(await Promise.all(workers.map((worker) => worker.evaluate(read)))));
  };
}

/** Runs in a worker, so that it may use nothing of this file. */
function noteBuffers(): void {
  let largest = 0;
  Reflect.defineProperty(self, 'largestBufferBytes', { get: () => largest });
  const note = (made: object) => {
    largest = Math.max(largest, (made as ArrayBuffer).byteLength);
    return made;
  };
  for (const name of ['ArrayBuffer', 'Uint8Array', 'Float32Array'] as const) {
    const construct = (target: typeof ArrayBuffer, given: [number]) => {
      const made = Reflect.construct(target, given) as object;
      // Of a buffer that is there already it is only a view.
      return (given[0] as unknown) instanceof ArrayBuffer ? made : note(made);
    };
    Reflect.set(self, name, new Proxy(self[name] as typeof ArrayBuffer, { construct }));
  }
  const { FileReaderSync } = self as unknown as { FileReaderSync: { prototype: object } };
  for (const [owner, method] of [
    [FileReaderSync.prototype, 'readAsArrayBuffer'],
    [Blob.prototype, 'arrayBuffer'],
  ] as const) {
    const read = Reflect.get(owner, method) as (this: object, blob?: Blob) => object;
    Reflect.set(owner, method, function (this: object, blob?: Blob) {
      largest = Math.max(largest, (blob ?? (this as Blob)).size);
      return read.call(this, blob);
    });
  }
}
