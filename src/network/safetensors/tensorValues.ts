import { decodeFloat16 } from '../../domain/float16.ts';
import type { ByteSource } from '../byteSource.ts';
import { checkedTensor } from '../lazyTensor.ts';
import type { WeightTensor } from '../network.ts';
import { refuseTensor, type TensorPlace } from './header.ts';

/**
 * A tensor of the file as float32, read whenever it is asked for.
 * Errors at the access: base-invalid {tensor} for NaN and infinity; here for a type that is none of
 * floating-point numbers.
 */
export function tensorAt(source: ByteSource, place: TensorPlace): WeightTensor {
  const decode = decoderOf(place);
  const read = () => {
    const bytes = source.read(place.start, place.end);
    // Typed arrays begin at multiples of their value's size.
    return decode(bytes.byteOffset % 8 === 0 ? bytes : bytes.slice());
  };
  return checkedTensor(place.shape, read, (problem) => refuseTensor(place.name, problem));
}

function decoderOf({ name, dtype }: TensorPlace): (bytes: Uint8Array) => Float32Array {
  switch (dtype) {
    case 'F32':
      return ({ buffer, byteOffset, length }) => new Float32Array(buffer, byteOffset, length / 4);
    case 'F64':
      return ({ buffer, byteOffset, length }) =>
        Float32Array.from(new Float64Array(buffer, byteOffset, length / 8));
    case 'F16':
      return ({ buffer, byteOffset, length }) =>
        decodeFloat16(new Uint16Array(buffer, byteOffset, length / 2));
    case 'BF16':
      return decodeBrainFloat;
    default:
      return refuseTensor(name, `is of type ${dtype}, which is not one of floating-point numbers`);
  }
}

/** The upper half of a float32. */
function decodeBrainFloat({ buffer, byteOffset, length }: Uint8Array): Float32Array {
  const halves = new Uint16Array(buffer, byteOffset, length / 2);
  const words = Uint32Array.from(halves, (half) => half * 2 ** 16);
  return new Float32Array(words.buffer);
}
