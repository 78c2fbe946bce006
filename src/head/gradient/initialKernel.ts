import type { InitialisationConfig } from '../../domain/gradientSettings.ts';
import type { Random } from '../../domain/random.ts';

/** Where normal distributions are cut off, in deviations, and the deviation that is left of 1 by that. */
const CUT_OFF = 2;
const DEVIATION_OF_CUT = 0.8796256610342398;

/**
 * A kernel [inputSize, outputSize] to begin with, row by row. Glorot and Bengio (2010), He et al. (2015),
 * LeCun et al. (1998); the normal ones are cut off at two deviations and widened to make up for it, as
 * Keras has them.
 */
export function initialKernel(
  { kernel }: InitialisationConfig,
  inputSize: number,
  outputSize: number,
  random: Random,
): Float32Array {
  const filled = (draw: () => number) =>
    Float32Array.from({ length: inputSize * outputSize }, draw);
  const uniform = (variance: number) =>
    filled(() => (2 * random.next() - 1) * Math.sqrt(3 * variance));
  const normal = (variance: number) => {
    const deviation = Math.sqrt(variance) / DEVIATION_OF_CUT;
    return filled(() => deviation * truncatedNormal(random));
  };
  switch (kernel.kind) {
    case 'zeros':
      return filled(() => 0);
    case 'constant':
      return filled(() => kernel.kernelValue);
    case 'glorot-uniform':
      return uniform(2 / (inputSize + outputSize));
    case 'glorot-normal':
      return normal(2 / (inputSize + outputSize));
    case 'lecun-normal':
      return normal(1 / inputSize);
    case 'he-uniform':
      return uniform(2 / inputSize);
    case 'he-normal':
      return normal(2 / inputSize);
  }
}

/** Box and Muller's (1958), drawn again where it lies beyond the cut. */
function truncatedNormal(random: Random): number {
  for (;;) {
    // In (0, 1], whose logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const value = radius * Math.cos(2 * Math.PI * random.next());
    if (Math.abs(value) <= CUT_OFF) return value;
  }
}
