import { Builder } from 'flatbuffers';

/**
 * FlatBuffers as data: a table is the list of its fields by their place in the schema, with `null` for a
 * field that is left out. https://flatbuffers.dev/internals
 */
export type Table = readonly (Field | null)[];

type Scalar = 'int8' | 'uint8' | 'int32' | 'uint32' | 'float32';

export type Field =
  | { readonly kind: Scalar; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'int32s' | 'float32s' | 'int64s'; readonly values: readonly number[] }
  /** Read when its turn comes, so that weights are in memory one after the other. */
  | { readonly kind: 'bytes'; readonly size: number; readonly read: () => Uint8Array }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'tables'; readonly tables: readonly Table[] };

/** What TensorFlow Lite wants of the bytes of a tensor, so that they can be used where they lie. */
const BYTES_ALIGNMENT = 16;
/** More than the tables around the bytes take, as a start. */
const FIRST_SIZE = 2 ** 20;

export const int8 = (value: number): Field => ({ kind: 'int8', value });
export const uint8 = (value: number): Field => ({ kind: 'uint8', value });
export const bool = (value: boolean): Field => int8(value ? 1 : 0);
export const int32 = (value: number): Field => ({ kind: 'int32', value });
export const uint32 = (value: number): Field => ({ kind: 'uint32', value });
export const float32 = (value: number): Field => ({ kind: 'float32', value });
export const text = (value: string): Field => ({ kind: 'text', value });
export const int32s = (values: readonly number[]): Field => ({ kind: 'int32s', values });
export const float32s = (values: readonly number[]): Field => ({ kind: 'float32s', values });
export const int64s = (values: readonly number[]): Field => ({ kind: 'int64s', values });
export const table = (fields: Table): Field => ({ kind: 'table', table: fields });
export const tables = (list: readonly Table[]): Field => ({ kind: 'tables', tables: list });

/** The bytes of a file with this root. `identifier`: four letters that name the format. */
export function encodeFlatbuffer(root: Table, identifier: string): Uint8Array<ArrayBuffer> {
  // Room for all from the start: the builder would double what it has, and copy it, again and again.
  const builder = new Builder(FIRST_SIZE + sizeOfBytes(root));
  builder.finish(writeTable(builder, root), identifier);
  return new Uint8Array(builder.asUint8Array());
}

function sizeOfBytes(fields: Table): number {
  return fields.reduce((size, field) => {
    if (field?.kind === 'bytes') return size + field.size + BYTES_ALIGNMENT;
    if (field?.kind === 'table') return size + sizeOfBytes(field.table);
    if (field?.kind !== 'tables') return size;
    return size + field.tables.reduce((sum, each) => sum + sizeOfBytes(each), 0);
  }, 0);
}

/** Gives the table's offset. What a table refers to lies before it in the builder. */
function writeTable(builder: Builder, fields: Table): number {
  const offsets = fields.map((field) => (field === null ? 0 : writeContent(builder, field)));
  builder.startObject(fields.length);
  for (const [slot, field] of fields.entries()) {
    if (field !== null) addField(builder, slot, field, offsets[slot] ?? 0);
  }
  return builder.endObject();
}

function writeContent(builder: Builder, field: Field): number {
  switch (field.kind) {
    case 'text':
      return builder.createString(field.value);
    case 'bytes':
      builder.prep(BYTES_ALIGNMENT, field.size);
      return builder.createByteVector(field.read());
    case 'int32s':
      return writeVector(builder, field.values, 4, (value) => builder.addInt32(value));
    case 'float32s':
      return writeVector(builder, field.values, 4, (value) => builder.addFloat32(value));
    case 'int64s':
      return writeVector(builder, field.values, 8, (value) => builder.addInt64(BigInt(value)));
    case 'table':
      return writeTable(builder, field.table);
    case 'tables': {
      const offsets = field.tables.map((each) => writeTable(builder, each));
      return writeVector(builder, offsets, 4, (offset) => builder.addOffset(offset));
    }
    case 'int8':
    case 'uint8':
    case 'int32':
    case 'uint32':
    case 'float32':
      return 0;
  }
}

/** A builder goes from the end to the beginning. */
function writeVector(
  builder: Builder,
  values: readonly number[],
  size: number,
  add: (value: number) => void,
): number {
  builder.startVector(size, values.length, size);
  for (const value of [...values].reverse()) add(value);
  return builder.endVector();
}

function addField(builder: Builder, slot: number, field: Field, offset: number): void {
  switch (field.kind) {
    case 'int8':
    case 'uint8':
      // Written even if it is the default of the schema, which is not known here.
      builder.addFieldInt8(slot, field.value, null);
      break;
    case 'int32':
    case 'uint32':
      builder.addFieldInt32(slot, field.value, null);
      break;
    case 'float32':
      builder.addFieldFloat32(slot, field.value, null);
      break;
    case 'text':
    case 'bytes':
    case 'int32s':
    case 'float32s':
    case 'int64s':
    case 'table':
    case 'tables':
      builder.addFieldOffset(slot, offset, 0);
  }
}
