import { lazyTensor } from './lazyTensor.ts';
import type { Layer, TensorRole } from './network.ts';
import type { AffineStep, ConvolutionStep, DenseStep } from './steps.ts';

type Affine = Pick<AffineStep, 'scale' | 'shift'>;

/** Keras' bound on the deviation that a normalization divides by; batch norms stay above by their epsilon. */
const MIN_DEVIATION = 1e-7;

/** Batch norm as `x * scale + shift`, per channel. */
export function affineOfBatchNorm(layer: Extract<Layer, { kind: 'batch-norm' }>): Affine {
  const mean = layer.tensors.mean?.values ?? new Float32Array();
  const valuesOf = (role: TensorRole, fallback: number) =>
    layer.tensors[role]?.values ?? new Float32Array(mean.length).fill(fallback);
  const [gamma, beta, variance] = [
    valuesOf('gamma', 1),
    valuesOf('beta', 0),
    valuesOf('variance', 1),
  ];
  const scale = gamma.map(
    (factor, i) => factor / Math.max(Math.sqrt((variance[i] ?? 1) + layer.epsilon), MIN_DEVIATION),
  );
  const shift = beta.map((offset, i) => offset - (mean[i] ?? 0) * (scale[i] ?? 1));
  return { scale, shift };
}

/** A rescaling per channel, or as one number where their number is not known. */
export function affineOfRescaling(
  { scale, offset }: Pick<Extract<Layer, { kind: 'rescaling' }>, 'scale' | 'offset'>,
  numChannels: number | null,
): Affine {
  const length = numChannels ?? Math.max(scale.length, offset.length);
  return {
    scale: spread(Float32Array.from(scale), length),
    shift: spread(Float32Array.from(offset), length),
  };
}

/** `second` after `first`, as one. */
export function mergedAffine(first: Affine, second: Affine): Affine {
  const length = Math.max(first.scale.length, second.scale.length);
  const [scale, shift] = [spread(first.scale, length), spread(first.shift, length)];
  const [nextScale, nextShift] = [spread(second.scale, length), spread(second.shift, length)];
  return {
    scale: scale.map((factor, i) => factor * (nextScale[i] ?? 1)),
    shift: shift.map((term, i) => term * (nextScale[i] ?? 1) + (nextShift[i] ?? 0)),
  };
}

/** The step's kernel and bias with an affine of its output taken in. */
export function foldedAfter<Weighted extends ConvolutionStep | DenseStep>(
  step: Weighted,
  affine: Affine,
): Weighted {
  const { kernel, bias } = step;
  const numChannels = outChannels(step);
  const [scale, shift] = [spread(affine.scale, numChannels), spread(affine.shift, numChannels)];
  return {
    ...step,
    // In every kind of kernel the output channels lie innermost; a depthwise one counts [in, multiplier].
    kernel: lazyTensor(kernel.shape, () => {
      const values = Float32Array.from(kernel.values);
      for (let i = 0; i < values.length; i++) {
        values[i] = (values[i] ?? 0) * (scale[i % numChannels] ?? 1);
      }
      return values;
    }),
    bias: lazyTensor([numChannels], () => {
      const before = bias?.values;
      return shift.map((term, i) => term + (before?.[i] ?? 0) * (scale[i] ?? 1));
    }),
  };
}

/**
 * The step's kernel and bias with an affine of its input taken in, which is exact where the window
 * never leaves the picture or the affine shifts nothing.
 */
export function foldedBefore<Weighted extends ConvolutionStep | DenseStep>(
  affine: AffineStep,
  step: Weighted,
): Weighted {
  const { kernel, bias } = step;
  const [inSize = 1, lastSize = 1] = kernel.shape.slice(-2);
  const [scale, shift] = [spread(affine.scale, inSize), spread(affine.shift, inSize)];
  const inputOf = (i: number) => Math.floor(i / lastSize) % inSize;
  const numChannels = outChannels(step);
  const scaled = lazyTensor(kernel.shape, () => {
    const values = Float32Array.from(kernel.values);
    for (let i = 0; i < values.length; i++) {
      values[i] = (values[i] ?? 0) * (scale[inputOf(i)] ?? 1);
    }
    return values;
  });
  const shifted = lazyTensor([numChannels], () => {
    const { values } = kernel;
    const sums = new Float64Array(numChannels);
    for (let i = 0; i < values.length; i++) {
      const channel = i % numChannels;
      sums[channel] = (sums[channel] ?? 0) + (values[i] ?? 0) * (shift[inputOf(i)] ?? 0);
    }
    const before = bias?.values;
    return Float32Array.from(sums, (sum, i) => sum + (before?.[i] ?? 0));
  });
  const isShifted = affine.shift.some((term) => term !== 0);
  return { ...step, inputs: affine.inputs, kernel: scaled, bias: isShifted ? shifted : bias };
}

function outChannels({ kind, kernel }: ConvolutionStep | DenseStep): number {
  const [inSize = 1, lastSize = 1] = kernel.shape.slice(-2);
  return kind === 'depthwise-conv2d' ? inSize * lastSize : lastSize;
}

function spread(values: Float32Array, length: number): Float32Array {
  return values.length === length ? values : new Float32Array(length).fill(values[0] ?? 0);
}
