import { createClient } from '../bridge/client.ts';
import { onDeath } from '../bridge/workerClient.ts';
import type { ZipMethods } from '../bridge/zipMethods.ts';
import type { WithZip } from './zipTarget.ts';

/**
 * Zips put together each in a worker of its own: compressing and check sums would hold up the page, also
 * where the browser is said to do them aside. `start` gives a worker that answers `ZipMethods`.
 */
export function zipInWorker(start: () => Worker): WithZip {
  return async (type, use) => {
    const worker = start();
    onDeath(worker, () => worker.dispatchEvent(new Event('error')));
    const client = createClient<ZipMethods>(worker);
    try {
      await client('open', { type });
      return await use({
        add: async (path, content, packing) => {
          await client('add', { path, content, packing });
        },
        close: async () => (await client('close', {})).blob,
      });
    } finally {
      worker.terminate();
    }
  };
}
