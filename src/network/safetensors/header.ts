import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';
import { asCount, asList, asRecord, asText, parseJson } from '../jsonChecks.ts';

/** Where a tensor's bytes lie in a safetensors file. */
export interface TensorPlace {
  readonly name: string;
  /** As the file writes it, such as `F32` or `BF16`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes of the file from `start` up to, not including, `end`. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly fileName: string;
  /** In the order in which they lie in the file. */
  readonly tensors: ReadonlyMap<string, TensorPlace>;
}

/** Bytes before the header's text: its length, little endian. */
export const LENGTH_BYTES = 8;
/** The headers of the largest networks have a few hundred kB. */
const MAX_HEADER_BYTES = 16e6;

const BYTES_PER_VALUE: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** Whether the file begins like safetensors: eight bytes of length, then JSON. */
export function isSafetensors(source: ByteSource): boolean {
  if (source.size < LENGTH_BYTES + 2) return false;
  const start = source.read(0, LENGTH_BYTES + 1);
  if (start[LENGTH_BYTES] !== '{'.charCodeAt(0)) return false;
  // A file of that name with an impossible length is a broken one, and is told so.
  return headerLength(start) <= source.size || source.name.endsWith('.safetensors');
}

/** Reads and checks the header; no tensor is read. Errors: base-invalid {file} or {tensor}. */
export function readHeader(source: ByteSource): SafetensorsHeader {
  const end = headerEnd(
    source.name,
    source.read(0, Math.min(LENGTH_BYTES, source.size)),
    source.size,
  );
  return parseHeader(source.name, source.read(LENGTH_BYTES, end), source.size);
}

/**
 * Where the header's text ends, by the first eight bytes of the file: what to fetch before anything else
 * of a file that is read over the network. Errors: base-invalid {file}.
 */
export function headerEnd(fileName: string, start: Uint8Array, fileBytes: number): number {
  const length = start.length < LENGTH_BYTES ? 0 : headerLength(start);
  const end = LENGTH_BYTES + length;
  if (length < 2 || length > MAX_HEADER_BYTES || end > fileBytes) {
    const message = `${fileName} is not safetensors: its header would have ${length} bytes`;
    throw new GraftError('base-invalid', message, { file: fileName });
  }
  return end;
}

function headerLength(start: Uint8Array): number {
  return Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
}

/** The header out of its text. Errors: base-invalid {file} or {tensor}. */
export function parseHeader(
  fileName: string,
  text: Uint8Array,
  fileBytes: number,
): SafetensorsHeader {
  const json = parseJson(new TextDecoder().decode(text), `The header of ${fileName}`);
  const dataStart = LENGTH_BYTES + text.length;
  const places = Object.entries(json)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readPlace(name, entry, dataStart))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let free = dataStart;
  for (const { name, start, end } of places) {
    if (start < free) refuseTensor(name, 'lies over another one');
    if (end > fileBytes) refuseTensor(name, `ends behind the end of ${fileName}`);
    free = end;
  }
  return { fileName, tensors: new Map(places.map((place) => [place.name, place])) };
}

function readPlace(name: string, value: unknown, dataStart: number): TensorPlace {
  const entry = asRecord(value, `The entry of ${name}`);
  const dtype = asText(entry['dtype'], `dtype of ${name}`);
  const shape = asList(entry['shape'], `shape of ${name}`).map((size) =>
    asCount(size, `shape of ${name}`),
  );
  const [from, to] = asList(entry['data_offsets'], `data_offsets of ${name}`);
  const [start, end] = [asOffset(from, name), asOffset(to, name)];
  if (end < start) refuseTensor(name, 'ends before it begins');
  const bytesPerValue = Object.hasOwn(BYTES_PER_VALUE, dtype) ? BYTES_PER_VALUE[dtype] : undefined;
  const bytes = shape.reduce((product, size) => product * size, bytesPerValue ?? 0);
  // What another type takes is not known; such a tensor is refused where it is needed.
  if (bytesPerValue !== undefined && bytes !== end - start) {
    const stated = `${shape.join(' × ')} values of ${dtype}`;
    refuseTensor(name, `says it has ${stated}, but takes ${end - start} bytes`);
  }
  return { name, dtype, shape, start: dataStart + start, end: dataStart + end };
}

/** Offsets may be beyond 2^31. */
function asOffset(value: unknown, name: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  return refuseTensor(name, 'has an offset that is not a whole number');
}

export function refuseTensor(name: string, problem: string): never {
  throw new GraftError('base-invalid', `The tensor ${name} ${problem}`, { tensor: name });
}
