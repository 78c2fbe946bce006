/**
 * The wire format of Protocol Buffers, as far as writing ONNX needs it: a message is a list of fields,
 * each with its number and its bytes (https://protobuf.dev/programming-guides/encoding).
 */
export type Field = readonly Uint8Array<ArrayBuffer>[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** An integer from 0 on, or -1, up to 2^53. */
export function integerField(number: number, value: number): Field {
  return [tag(number, VARINT), varint(value)];
}

export function floatField(number: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(number, FIXED_32), bytes];
}

export function textField(number: number, value: string): Field {
  return bytesField(number, new TextEncoder().encode(value));
}

export function bytesField(number: number, value: Uint8Array<ArrayBuffer>): Field {
  return [tag(number, LENGTH_DELIMITED), varint(value.length), value];
}

/** A message within a message. Its bytes are not copied, so that large tensors are in memory once. */
export function messageField(number: number, fields: readonly Field[]): Field {
  const parts = fields.flat();
  return [tag(number, LENGTH_DELIMITED), varint(sizeOf(parts)), ...parts];
}

/** The bytes of a message. */
export function encodeMessage(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flat();
  const bytes = new Uint8Array(sizeOf(parts));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function sizeOf(parts: Field): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function tag(number: number, wireType: number): Uint8Array<ArrayBuffer> {
  return varint(number * 8 + wireType);
}

/** Seven bits a byte, lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number): Uint8Array<ArrayBuffer> {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
