/** Arrays as NumPy's `.npy` format 1.0 has them (numpy/lib/format.py): a header, then the values in C order. */
export interface NpyArray {
  readonly name: string;
  /** NumPy's word for the type of its values, little endian. */
  readonly type: '<f4' | '<i8' | `<U${number}`;
  readonly shape: readonly number[];
  /** The values' bytes, some at a time. */
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY'), 1, 0];
const LENGTH_BYTES = 2;
/** The values begin at a multiple of this. */
const ALIGNMENT = 64;

export function npyHeader({ type, shape }: Pick<NpyArray, 'type' | 'shape'>): Uint8Array {
  // A tuple of one is written with a comma.
  const tuple = `(${shape.map((size) => `${size},`).join(' ')})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + LENGTH_BYTES;
  const size = Math.ceil((start + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(size).fill(' '.charCodeAt(0));
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, size - start, true);
  bytes.set(new TextEncoder().encode(text), start);
  bytes[size - 1] = '\n'.charCodeAt(0);
  return bytes;
}

/** Whole numbers as int64, which is what NumPy counts with. */
export function integerArray(name: string, values: readonly number[]): NpyArray {
  const words = BigInt64Array.from(values, BigInt);
  return { name, type: '<i8', shape: [values.length], chunks: [new Uint8Array(words.buffer)] };
}

/** Texts without zeros, in UTF-32, each in as much room as the longest. A single text is no list. */
export function textArray(name: string, texts: readonly string[] | string): NpyArray {
  const list = typeof texts === 'string' ? [texts] : texts;
  const length = list.reduce((most, text) => Math.max(most, Array.from(text).length), 1);
  return {
    name,
    type: `<U${length}`,
    shape: typeof texts === 'string' ? [] : [list.length],
    chunks: utf32(list, length),
  };
}

function* utf32(texts: readonly string[], length: number): Generator<Uint8Array> {
  for (const text of texts) {
    const words = new Uint32Array(length);
    words.set(Array.from(text, (character) => character.codePointAt(0) ?? 0));
    yield new Uint8Array(words.buffer);
  }
}
