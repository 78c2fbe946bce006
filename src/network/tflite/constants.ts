import { decodeFloat16 } from '../../domain/float16.ts';
import { checkedTensor } from '../lazyTensor.ts';
import type { WeightTensor } from '../network.ts';
import { refuseLite } from './flatFile.ts';
import type { LiteModel, LiteQuantisation, LiteTensor } from './liteModel.ts';

type Bytes = Uint8Array<ArrayBuffer>;

interface StoredType {
  readonly byteLength: number;
  readonly decode: (bytes: Bytes) => ArrayLike<number>;
}

const FLOAT_TYPES: readonly number[] = [0, 1];

const countOf = ({ length }: Bytes, byteLength: number) => length / byteLength;

/** Types of constants by their number in the schema. */
const TYPES: Readonly<Record<number, StoredType>> = {
  0: { byteLength: 4, decode: (b) => new Float32Array(b.buffer, b.byteOffset, countOf(b, 4)) },
  1: {
    byteLength: 2,
    decode: (b) => decodeFloat16(new Uint16Array(b.buffer, b.byteOffset, countOf(b, 2))),
  },
  2: { byteLength: 4, decode: (b) => new Int32Array(b.buffer, b.byteOffset, countOf(b, 4)) },
  3: { byteLength: 1, decode: (b) => b },
  7: { byteLength: 2, decode: (b) => new Int16Array(b.buffer, b.byteOffset, countOf(b, 2)) },
  9: { byteLength: 1, decode: (b) => new Int8Array(b.buffer, b.byteOffset, b.length) },
};

/**
 * The values of a constant, read at each access: those of whole numbers in steps are what the steps stand
 * for. `null` where the tensor is none. Errors: base-invalid, also at the first access.
 */
export function constantOf({ source, tensors }: LiteModel, position: number): WeightTensor | null {
  const tensor = tensors[position] ?? refuseLite(`has no tensor ${position}`);
  const { shape, type, values: range } = tensor;
  if (range === null) return null;
  const stored = TYPES[type] ?? refuseTensor(position, 'is of a type that is not read');
  const numValues = shape.reduce((product, size) => product * size, 1);
  if (numValues * stored.byteLength !== range.end - range.start) {
    refuseTensor(position, `has ${range.end - range.start} bytes for ${shape.join(' × ')} values`);
  }
  const toReal = realValues(tensor, position);
  const read = () => {
    const bytes = source.read(range.start, range.end);
    const isAligned = bytes.byteOffset % stored.byteLength === 0;
    return toReal(stored.decode(isAligned ? bytes : bytes.slice()));
  };
  return checkedTensor(shape, read, (problem) => refuseTensor(position, problem));
}

function realValues(
  { shape, type, quantisation }: LiteTensor,
  position: number,
): (stored: ArrayLike<number>) => Float32Array {
  if (quantisation === null || FLOAT_TYPES.includes(type)) {
    return (stored) => (stored instanceof Float32Array ? stored : Float32Array.from(stored));
  }
  const { scales, zeroPoints, axis } = quantisation;
  const numSteps = scales.length;
  const isPerChannel = numSteps > 1;
  const hasZeroPoints = [0, 1, numSteps].includes(zeroPoints.length);
  if (!hasZeroPoints || (isPerChannel && shape[axis] !== numSteps)) {
    refuseTensor(position, 'has steps that do not fit it');
  }
  // How many values in a row share a step.
  const run = isPerChannel ? shape.slice(axis + 1).reduce((product, size) => product * size, 1) : 1;
  return (stored) => dequantised(stored, quantisation, run);
}

function dequantised(
  stored: ArrayLike<number>,
  { scales, zeroPoints }: LiteQuantisation,
  run: number,
): Float32Array {
  const values = new Float32Array(stored.length);
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / run) % scales.length;
    const zeroPoint = zeroPoints[channel] ?? zeroPoints[0] ?? 0;
    values[i] = (scales[channel] ?? 1) * ((stored[i] ?? 0) - zeroPoint);
  }
  return values;
}

function refuseTensor(position: number, problem: string): never {
  return refuseLite(`has a tensor, ${position}, that ${problem}`);
}
