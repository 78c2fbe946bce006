import type { ByteSource } from '../byteSource.ts';
import { WireReader } from './wireFormat.ts';

/** The version of the format, which every writer puts first, as a whole number. */
const FIRST_BYTE = 0x08;
/** Numbers of the fields that a model may have before its graph: its version, maker, text and so on. */
const BEFORE_GRAPH: readonly number[] = [1, 2, 3, 4, 5, 6, 8, 14];
const GRAPH = 7;

/** Whether the file is an ONNX model. The format has no mark of its own: it is known by its first fields. */
export function isOnnx(source: ByteSource): boolean {
  if (source.size < 4 || source.read(0, 1)[0] !== FIRST_BYTE) return false;
  try {
    for (const { number, kind } of new WireReader().fields(source)) {
      if (number === GRAPH) return kind === 'bytes';
      if (!BEFORE_GRAPH.includes(number)) return false;
    }
  } catch {
    // What ends too early is none that could be read.
  }
  return false;
}
