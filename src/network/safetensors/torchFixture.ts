import { bytesInMemory, type ByteSource } from '../byteSource.ts';

/** Safetensors files for tests, whose weights a formula gives, as in `tools/torch-fixtures`. */

export interface FixturePlace {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** `name 2x3x4 F32`; a scalar has no sizes. */
export function parsePlace(text: string): FixturePlace {
  const [name = '', sizes = '', dtype = ''] = text.split(' ');
  return { name, shape: sizes === '' ? [] : sizes.split('x').map(Number), dtype };
}

/** Values from -0.5 to 0.5. */
export function formula(count: number, salt: number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = ((i * 7919 + salt * 104729) % 9973) / 9973 - 0.5;
  return values;
}

export function formulaWeights({ name, shape }: FixturePlace): Float32Array<ArrayBuffer> {
  const [first = 1] = shape;
  const count = sizeOf(shape);
  const values = formula(
    count,
    new TextEncoder().encode(name).reduce((sum, byte) => sum + byte, 0),
  );
  if (shape.length > 1) {
    const scale = 4 / Math.sqrt(count / first);
    return Float32Array.from(values, (value) => value * scale);
  }
  const isFactor = name.endsWith('weight') || name.endsWith('running_var');
  return Float32Array.from(values, (value) => (isFactor ? value + 1 : value * 0.2));
}

/** A file that makes each tensor when it is read, whole tensors only: none of it is kept. */
export function torchFixture(places: readonly FixturePlace[]): ByteSource {
  const offsets = [0];
  for (const { shape, dtype } of places) {
    offsets.push((offsets.at(-1) ?? 0) + sizeOf(shape) * (dtype === 'I64' ? 8 : 4));
  }
  const header = headerOf(places, offsets);
  const read = (start: number, end: number): Uint8Array<ArrayBuffer> => {
    if (end <= header.length) return header.subarray(start, end);
    const index = offsets.indexOf(start - header.length);
    const place = places[index];
    if (place?.dtype !== 'F32' || end - header.length !== offsets[index + 1]) {
      throw new Error(`No tensor lies from ${start} to ${end}`);
    }
    return new Uint8Array(formulaWeights(place).buffer);
  };
  return { name: 'model.safetensors', size: header.length + (offsets.at(-1) ?? 0), read };
}

function headerOf(places: readonly FixturePlace[], offsets: readonly number[]) {
  const entries = places.map(({ name, shape, dtype }, i) => [
    name,
    { dtype, shape, data_offsets: [offsets[i], offsets[i + 1]] },
  ]);
  return withLength({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) });
}

/** A whole small file: any header, and bytes behind it. */
export function safetensorsFile(header: unknown, data: Uint8Array = new Uint8Array()): ByteSource {
  const start = withLength(header);
  const bytes = new Uint8Array(start.length + data.length);
  bytes.set(start);
  bytes.set(data, start.length);
  return bytesInMemory('model.safetensors', bytes);
}

function withLength(header: unknown): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
