import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { bytesInMemory, type ByteSource } from './byteSource.ts';

/** A zip of the files for tests, deflated unless `level` is 0. */
export async function zipFixture(
  files: Readonly<Record<string, Uint8Array | string>>,
  level = 6,
): Promise<ByteSource> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level });
  for (const [path, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await writer.add(path, new Uint8ArrayReader(bytes));
  }
  return bytesInMemory('model.zip', new Uint8Array(await writer.close()));
}
