import { decodeFloat16 } from '../../domain/float16.ts';
import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';
import { lazyTensor, tensorInRuns } from '../lazyTensor.ts';
import type { TakeRun, WeightTensor } from '../network.ts';
import { bytesOf, integerOf, integersOf, textOf, unpackedIntegers } from './wireFormat.ts';
import type { WireReader } from './wireFormat.ts';

/** A tensor of the file as float32, whatever it is kept as. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: WeightTensor;
}

interface StoredTensor {
  name: string;
  shape: number[];
  type: number;
  /** Values end to end, little endian. */
  raw: ByteSource | null;
  /** Whole numbers, and the bits of float16, as varints. */
  integers: ByteSource | null;
  isExternal: boolean;
}

/** A type of values: how many bytes each takes, and what they stand for. */
interface ValueType {
  readonly numBytes: number;
  readonly decode: (buffer: ArrayBuffer) => Float32Array;
}

const FLOAT16 = 10;

/** By the numbers that the format gives them. float32 holds sizes and switches exactly. */
const TYPES: Readonly<Record<number, ValueType>> = {
  1: { numBytes: 4, decode: (buffer) => new Float32Array(buffer) },
  2: { numBytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
  6: { numBytes: 4, decode: (buffer) => Float32Array.from(new Int32Array(buffer)) },
  7: { numBytes: 8, decode: (buffer) => Float32Array.from(new BigInt64Array(buffer), Number) },
  9: { numBytes: 1, decode: (buffer) => Float32Array.from(new Uint8Array(buffer)) },
  [FLOAT16]: { numBytes: 2, decode: (buffer) => decodeFloat16(new Uint16Array(buffer)) },
  11: { numBytes: 8, decode: (buffer) => Float32Array.from(new Float64Array(buffer)) },
};

const MAX_RANK = 8;
/** A large tensor is read piece by piece. */
const PIECE_BYTES = 2 * 2 ** 20;
/** Sizes, axes and scales; whoever has more whole numbers keeps them as bytes. */
const MAX_INTEGERS = 1e5;

/** Reads a `TensorProto`, its values whenever they are asked for. Errors: base-invalid {tensor}. */
export function readTensor(reader: WireReader, message: ByteSource): NamedTensor {
  const stored = storedTensor(reader, message);
  const { name, shape } = stored;
  if (stored.isExternal)
    refuse(name, 'is kept in another file, where its values are not looked for');
  const isPossible = shape.length <= MAX_RANK && shape.every((size) => size >= 0);
  const numValues = shape.reduce((product, size) => product * size, 1);
  if (!isPossible || !Number.isSafeInteger(numValues)) refuse(name, 'has an impossible shape');
  const type = TYPES[stored.type] ?? refuse(name, `has values of the unknown type ${stored.type}`);
  const tensor =
    stored.raw === null
      ? spelledTensor(stored, numValues)
      : rawTensor(stored, stored.raw, numValues, type);
  return { name, tensor };
}

function storedTensor(reader: WireReader, message: ByteSource): StoredTensor {
  const stored: StoredTensor = {
    name: '',
    shape: [],
    type: 0,
    raw: null,
    integers: null,
    isExternal: false,
  };
  for (const field of reader.fields(message)) {
    switch (field.number) {
      case 1:
        stored.shape.push(...integersOf(field));
        break;
      case 2:
        stored.type = integerOf(field);
        break;
      // Floats that are packed into one field are the bytes that `raw_data` has.
      case 4:
      case 9:
        if (stored.raw !== null) refuse(stored.name, 'has its values in pieces');
        stored.raw = bytesOf(field);
        break;
      case 5:
      case 7:
        if (stored.integers !== null) refuse(stored.name, 'has its values in pieces');
        stored.integers = bytesOf(field);
        break;
      case 8:
        stored.name = textOf(field);
        break;
      case 13:
        stored.isExternal = true;
        break;
      case 14:
        stored.isExternal ||= integerOf(field) !== 0;
        break;
    }
  }
  return stored;
}

function rawTensor(
  { name, shape }: StoredTensor,
  raw: ByteSource,
  numValues: number,
  { numBytes, decode }: ValueType,
): WeightTensor {
  if (numValues * numBytes !== raw.size) {
    refuse(name, `has ${raw.size} bytes for ${shape.join(' × ')} values`);
  }
  const readRuns = (take: TakeRun) => {
    for (let start = 0; start < raw.size; start += PIECE_BYTES) {
      const bytes = raw.read(start, Math.min(start + PIECE_BYTES, raw.size));
      // A copy begins where a typed array may.
      const { buffer } = bytes.slice();
      raw.release?.(bytes);
      take(decode(buffer), start / numBytes);
    }
  };
  return tensorInRuns(shape, readRuns, (problem) => refuse(name, problem));
}

/** Few values, as other writers spell out sizes and the bits of float16. */
function spelledTensor(
  { name, shape, type, integers }: StoredTensor,
  numValues: number,
): WeightTensor {
  const values = integers === null ? [] : unpackedIntegers(integers, MAX_INTEGERS);
  if (values.length !== numValues) refuse(name, `has ${values.length} values of ${numValues}`);
  const isHalf = type === FLOAT16;
  const floats = isHalf ? decodeFloat16(Uint16Array.from(values)) : Float32Array.from(values);
  if (floats.some((value) => !Number.isFinite(value)))
    refuse(name, 'has values that are not numbers');
  return lazyTensor(shape, () => floats, false);
}

function refuse(tensor: string, problem: string): never {
  throw new GraftError('base-invalid', `The tensor ${tensor} ${problem}`, { tensor });
}
