import protobuf from 'protobufjs/minimal.js';

/** Writes a field of a message: its number and what it holds. */
export type Field = (writer: protobuf.Writer) => void;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** An integer of up to 53 bits. */
export function integerField(number: number, value: number): Field {
  return (writer) => tagged(writer, number, VARINT).int64(value);
}

export function floatField(number: number, value: number): Field {
  return (writer) => tagged(writer, number, FIXED_32).float(value);
}

export function textField(number: number, value: string): Field {
  return (writer) => tagged(writer, number, LENGTH_DELIMITED).string(value);
}

export function bytesField(number: number, value: Uint8Array<ArrayBuffer>): Field {
  return (writer) => tagged(writer, number, LENGTH_DELIMITED).bytes(value);
}

/** A message within a message. */
export function messageField(number: number, fields: readonly Field[]): Field {
  return (writer) => {
    tagged(writer, number, LENGTH_DELIMITED).fork();
    for (const write of fields) write(writer);
    writer.ldelim();
  };
}

/** The bytes of a message. Large tensors are copied once, into these. */
export function encodeMessage(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const writer = new OwnBytesWriter();
  for (const write of fields) write(writer);
  return writer.finish() as Uint8Array<ArrayBuffer>;
}

/** Its bytes are in a buffer of their own, which can be handed to another thread. */
class OwnBytesWriter extends protobuf.Writer {
  static override alloc(size: number): Uint8Array {
    return new Uint8Array(size);
  }
}

function tagged(writer: protobuf.Writer, number: number, wireType: number): protobuf.Writer {
  return writer.uint32(number * 8 + wireType);
}
