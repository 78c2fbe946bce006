import { BlobWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { npyHeader, type NpyArray } from './npyArray.ts';

/**
 * Arrays as one `.npz`, as `numpy.savez_compressed` writes it: a zip of `.npy` files. Values go into it as
 * they come; what was written may leave memory, since the browser keeps blobs where it likes. Errors: those
 * of the chunks.
 */
export async function npzFile(arrays: readonly NpyArray[]): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter('application/octet-stream'), { useWebWorkers: false });
  // Always the same files for the same values: no clock.
  const options = { lastModDate: new Date(1980, 0, 1), extendedTimestamp: false };
  for (const array of arrays) {
    await zip.add(`${array.name}.npy`, { readable: streamOf(array) }, options);
  }
  return zip.close();
}

function streamOf(array: NpyArray): ReadableStream<Uint8Array> {
  const bytes = bytesOf(array);
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await bytes.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* bytesOf(array: NpyArray): AsyncGenerator<Uint8Array, undefined> {
  yield npyHeader(array);
  yield* array.chunks;
}
