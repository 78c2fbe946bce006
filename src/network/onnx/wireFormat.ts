import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';

/**
 * The wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding): a message is
 * a list of fields, each with its number and a whole number or a run of bytes, which may be a message.
 */
export type WireField =
  | { readonly number: number; readonly kind: 'integer'; readonly value: number }
  | { readonly number: number; readonly kind: 'bytes'; readonly bytes: ByteSource };

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Seven bits each, of 64. */
const MAX_VARINT_BYTES = 10;
/** Each takes about a microsecond; a network of a thousand layers has some ten thousand. */
const MAX_FIELDS = 1e6;
const MAX_TEXT_BYTES = 1e5;
/** Values of a list that is taken at once; weights are read elsewhere. */
const MAX_LIST = 1e4;

/** Reads the messages of one file. What is said of lengths is checked before anything is read. */
export class WireReader {
  #numFieldsLeft = MAX_FIELDS;

  /** The fields of a message, in their order. Nothing of their bytes is read. Errors: base-invalid {file}. */
  *fields(message: ByteSource): Generator<WireField> {
    for (let at = 0; at < message.size;) {
      if ((this.#numFieldsLeft -= 1) < 0) refuse(message, 'has too many fields');
      const tag = readVarint(message, at);
      const number = Number(tag.value >> 3n);
      const value = readVarintOrLength(message, Number(tag.value & 7n), tag.end);
      if (value.kind === 'integer') {
        yield { number, kind: 'integer', value: value.value };
      } else {
        yield { number, kind: 'bytes', bytes: partOf(message, value.start, value.end) };
      }
      at = value.end;
    }
  }
}

/** A text in UTF-8. */
export function textOf(field: WireField): string {
  const bytes = bytesOf(field);
  if (bytes.size > MAX_TEXT_BYTES) refuse(bytes, 'has a text that is far too long');
  return new TextDecoder().decode(bytes.read(0, bytes.size));
}

/** What a field of bytes holds: a text, a message, or values. */
export function bytesOf(field: WireField): ByteSource {
  if (field.kind === 'bytes') return field.bytes;
  throw new GraftError('base-invalid', `The field ${field.number} should hold bytes`);
}

export function integerOf(field: WireField): number {
  if (field.kind === 'integer') return field.value;
  throw new GraftError('base-invalid', `The field ${field.number} should be a whole number`);
}

/** A whole number, or several that are packed into one field. */
export function integersOf(field: WireField): readonly number[] {
  return field.kind === 'integer' ? [field.value] : unpackedIntegers(field.bytes, MAX_LIST);
}

/** Whole numbers one after the other. Errors: base-invalid {file} where there are more than `limit`. */
export function unpackedIntegers(bytes: ByteSource, limit: number): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.size;) {
    if (values.length === limit) refuse(bytes, 'has a list that is too long');
    const { value, end } = readVarint(bytes, at);
    values.push(signed(value));
    at = end;
  }
  return values;
}

/** One float32, or several that are packed into one field. */
export function floatsOf(field: WireField): readonly number[] {
  const bytes = bytesOf(field);
  if (bytes.size % 4 !== 0 || bytes.size > 4 * MAX_LIST) refuse(bytes, 'has a list of no floats');
  const { buffer, byteOffset, byteLength } = bytes.read(0, bytes.size);
  const view = new DataView(buffer, byteOffset, byteLength);
  return Array.from({ length: byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

type Extent =
  | { readonly kind: 'integer'; readonly value: number; readonly end: number }
  | { readonly kind: 'bytes'; readonly start: number; readonly end: number };

function readVarintOrLength(message: ByteSource, wireType: number, at: number): Extent {
  switch (wireType) {
    case VARINT: {
      const { value, end } = readVarint(message, at);
      return { kind: 'integer', value: signed(value), end };
    }
    case FIXED_32:
      return extentOf(message, at, 4);
    case FIXED_64:
      return extentOf(message, at, 8);
    case LENGTH_DELIMITED: {
      const { value, end } = readVarint(message, at);
      return extentOf(message, end, Number(value));
    }
    default:
      return refuse(message, 'has a field of an unknown kind');
  }
}

function extentOf(message: ByteSource, start: number, length: number): Extent {
  const end = start + length;
  if (!(end <= message.size)) refuse(message, 'ends before one of its fields does');
  return { kind: 'bytes', start, end };
}

/** Seven bits a byte, lowest first. */
function readVarint(message: ByteSource, start: number): { value: bigint; end: number } {
  let value = 0n;
  const bytes = message.read(start, Math.min(start + MAX_VARINT_BYTES, message.size));
  for (const [i, byte] of bytes.entries()) {
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return refuse(message, 'has a number that does not end');
}

/** Above 2^53 to the nearest that a number can hold, which is near enough for "to the end". */
function signed(value: bigint): number {
  return Number(BigInt.asIntN(64, value));
}

function partOf(source: ByteSource, start: number, end: number): ByteSource {
  const { name, release } = source;
  return {
    name,
    size: end - start,
    read: (from, to) => source.read(start + from, start + to),
    ...(release && { release }),
  };
}

function refuse({ name }: ByteSource, problem: string): never {
  throw new GraftError('base-invalid', `The file ${name} ${problem}`, { file: name });
}
