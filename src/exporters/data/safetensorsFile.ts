/** A float32 tensor to be written. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: Float32Array;
}

const LENGTH_BYTES = 8;

/** Tensors as one safetensors file: length of the header, header as JSON, values end to end, little endian. */
export function safetensorsFile(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Blob {
  let offset = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const start = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [start, offset] }] as const;
  });
  const header = JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...entries]));
  const text = new TextEncoder().encode(header);
  // Padded with spaces, so that the values begin at a multiple of eight bytes.
  const start = new Uint8Array(LENGTH_BYTES + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(start.buffer).setBigUint64(0, BigInt(start.length - LENGTH_BYTES), true);
  start.set(text, LENGTH_BYTES);
  const values = tensors.map(({ values: { buffer, byteOffset, byteLength } }) => {
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  });
  return new Blob([start, ...values]);
}
