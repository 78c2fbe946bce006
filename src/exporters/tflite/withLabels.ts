import {
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { LABELS_FILE } from './metadata.ts';

/** The earliest that a zip can say, so that the same model is the same file. */
const MADE = new Date(1980, 0, 1);

/**
 * The model with its class names behind it as a zip, which is how TensorFlow Lite's tools keep files in a
 * model: the file is a model to who reads it from the beginning, and a zip to who reads it from the end.
 */
export async function withLabels(
  model: Uint8Array<ArrayBuffer>,
  labels: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new Uint8ArrayWriter();
  const zip = new ZipWriter(target, { useWebWorkers: false, offset: model.length });
  // A name is one line, whatever is in it.
  const lines = labels.map((label) => `${label.replaceAll(/[\r\n]+/g, ' ')}\n`).join('');
  const content = new Uint8ArrayReader(new TextEncoder().encode(lines));
  // Stored, since tools map the file and read the names where they lie.
  const options = { level: 0, dataDescriptor: false, extendedTimestamp: false, lastModDate: MADE };
  await zip.add(LABELS_FILE, content, options);
  const added = await zip.close();
  const file = new Uint8Array(model.length + added.length);
  file.set(model);
  file.set(added, model.length);
  return file;
}
