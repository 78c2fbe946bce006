import type { Random } from '../domain/random.ts';
import type { WeightTensor } from './network.ts';

/**
 * A kernel to begin with, as Keras draws it: uniform within ±√(6 / (fan in + fan out)), Glorot and Bengio
 * (2010). `shape` is [in, out] or [height, width, in, out]; each place of a window counts in both fans.
 */
export function glorotUniform(shape: readonly number[], random: Random): WeightTensor {
  const [inSize = 1, outSize = 1] = shape.slice(-2);
  const numPlaces = productOf(shape.slice(0, -2));
  const limit = Math.sqrt(6 / (numPlaces * (inSize + outSize)));
  const draw = () => (2 * random.next() - 1) * limit;
  return { shape, values: Float32Array.from({ length: productOf(shape) }, draw) };
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
