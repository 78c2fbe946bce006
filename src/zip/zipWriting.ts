import {
  BlobReader,
  BlobWriter,
  TextReader,
  Uint8ArrayReader,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { ZipContent } from '../bridge/zipMethods.ts';
import type { ZipTarget } from './zipTarget.ts';

/**
 * A zip under construction, on the thread that calls. What was added may leave memory at once: the browser
 * keeps blobs on disk.
 */
export function createZip(type: string): ZipTarget {
  const writer = new ZipWriter(new BlobWriter(type), { useWebWorkers: false });
  return {
    add: async (path, content, packing) => {
      await writer.add(path, readerOf(content), packing === 'stored' ? { level: 0 } : {});
    },
    close: () => writer.close(),
  };
}

function readerOf(content: ZipContent) {
  if (typeof content === 'string') return new TextReader(content);
  return content instanceof Blob ? new BlobReader(content) : new Uint8ArrayReader(content);
}
