import {
  BlobReader,
  BlobWriter,
  TextReader,
  Uint8ArrayReader,
  ZipWriter,
  configure,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import workerURI from '@zip.js/zip.js/dist/zip-web-worker.js?url';

// The browser compresses on the thread that asks for it, which is the page's.
configure({ workerURI });

/** What is smaller is compressed sooner than a worker is told of it. */
const MIN_WORKER_BYTES = 100_000;

export interface ZipTarget {
  /** Adds one file. `stored`: as it is, for what is compressed already. */
  readonly add: (
    path: string,
    content: string | Uint8Array | Blob,
    packing: 'deflated' | 'stored',
  ) => Promise<void>;
  /** Writes the directory and gives the whole zip. */
  readonly close: () => Promise<Blob>;
}

/** A zip under construction. What was added may leave memory at once: the browser keeps blobs on disk. */
export function createZip(type: string): ZipTarget {
  const writer = new ZipWriter(new BlobWriter(type));
  return {
    add: async (path, content, packing) => {
      const options = packing === 'stored' ? { level: 0 } : {};
      const useWebWorkers = packing === 'deflated' && sizeOf(content) > MIN_WORKER_BYTES;
      await writer.add(path, readerOf(content), { ...options, useWebWorkers });
    },
    close: () => writer.close(),
  };
}

function sizeOf(content: string | Uint8Array | Blob): number {
  return content instanceof Blob ? content.size : content.length;
}

function readerOf(content: string | Uint8Array | Blob) {
  if (typeof content === 'string') return new TextReader(content);
  return content instanceof Blob ? new BlobReader(content) : new Uint8ArrayReader(content);
}
