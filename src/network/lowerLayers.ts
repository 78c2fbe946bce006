import { affineOfBatchNorm, affineOfRescaling } from './affine.ts';
import { inferShapes } from './inferShapes.ts';
import { lazyTensor } from './lazyTensor.ts';
import type { ActivationKind, Layer, Network, WeightTensor } from './network.ts';
import type { AffineStep, ConvolutionStep, Step, StepActivation } from './steps.ts';

const LINEAR = { kind: 'linear' } as const;

/**
 * Each layer as the steps that it consists of: its activation on its own, batch norm and rescaling as
 * `x * scale + shift`, layers that do nothing left out. The last step is the output.
 */
export function lowerLayers(network: Network): readonly Step[] {
  const { layers } = network;
  const shapes = inferShapes(network);
  const steps: Step[] = [];
  /** Step that holds each layer's output. */
  const stepOf: number[] = [];
  for (const [position, layer] of layers.entries()) {
    const inputs = layer.inputs.map((input) => stepOf[input] ?? 0);
    // The output stays a step, so that the last step is always the output.
    const isDropped = isIdentity(layer) && position < layers.length - 1;
    const numChannels = shapes[position]?.at(-1) ?? null;
    if (!isDropped) steps.push(...stepsOf(layer, inputs, { position: steps.length, numChannels }));
    stepOf[position] = isDropped ? (inputs[0] ?? 0) : steps.length - 1;
  }
  return steps;
}

function isIdentity(layer: Layer): boolean {
  if (layer.kind === 'zero-padding2d') return layer.padding.every((size) => size === 0);
  if (layer.kind === 'cropping2d') return layer.cropping.every((size) => size === 0);
  return layer.kind === 'dropout' || (layer.kind === 'activation' && layer.activation === 'linear');
}

/** Where a layer's steps go, and the channels of its output as far as they are known. */
interface Place {
  readonly position: number;
  readonly numChannels: number | null;
}

function stepsOf(layer: Layer, inputs: readonly number[], place: Place): Step[] {
  switch (layer.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return [convolutionStep(layer, inputs), ...ownActivation(layer, place)];
    case 'dense': {
      const dense = { kind: 'dense', inputs, ...weightsOf(layer), activation: LINEAR } as const;
      return [dense, ...ownActivation(layer, place)];
    }
    case 'batch-norm':
      return [affineStep(affineOfBatchNorm(layer), inputs)];
    case 'rescaling':
      return [affineStep(affineOfRescaling(layer, place.numChannels), inputs)];
    case 'activation':
      return activationSteps(layer.activation, inputs, place);
    case 'leaky-relu':
      return [activationStep({ kind: 'leaky-relu', alpha: layer.alpha }, inputs)];
    case 'prelu':
      return [activationStep({ kind: 'prelu', alpha: tensorOf(layer, 'alpha') }, inputs)];
    case 'dropout':
      return [activationStep(LINEAR, inputs)];
    case 'input':
    case 'zero-padding2d':
    case 'cropping2d':
    case 'upsampling2d':
    case 'max-pooling2d':
    case 'average-pooling2d':
    case 'global-average-pooling2d':
    case 'global-max-pooling2d':
    case 'add':
    case 'multiply':
    case 'concatenate':
    case 'flatten':
    case 'reshape':
      return [{ ...layer, inputs }];
  }
}

function activationStep(activation: StepActivation, inputs: readonly number[]): Step {
  return { kind: 'activation', inputs, activation };
}

function affineStep(affine: Pick<AffineStep, 'scale' | 'shift'>, inputs: readonly number[]) {
  return { kind: 'affine', inputs, ...affine, activation: LINEAR } as const;
}

function ownActivation(
  { activation }: { readonly activation: ActivationKind },
  { position, numChannels }: Place,
): Step[] {
  if (activation === 'linear') return [];
  return activationSteps(activation, [position], { position: position + 1, numChannels });
}

/**
 * An activation as one step, the hard ones by relu6(slope · x + 3) / 6 as several that cost less: slope,
 * 3 and relu6 are one operation, and the sixth goes into the next kernel.
 */
function activationSteps(
  activation: ActivationKind,
  inputs: readonly number[],
  { position, numChannels }: Place,
): Step[] {
  if (
    activation !== 'hard-sigmoid' &&
    activation !== 'hard-sigmoid-keras2' &&
    activation !== 'hard-swish'
  ) {
    return [activationStep({ kind: activation }, inputs)];
  }
  const slope = activation === 'hard-sigmoid-keras2' ? 1.2 : 1;
  const affine = (scale: number, offset: number) =>
    affineOfRescaling({ scale: [scale], offset: [offset] }, numChannels);
  const gate = { ...affineStep(affine(slope, 3), inputs), activation: { kind: 'relu6' } } as const;
  const sixth = (from: number) => affineStep(affine(1 / 6, 0), [from]);
  if (activation !== 'hard-swish') return [gate, sixth(position)];
  const product = { kind: 'multiply', inputs: [...inputs, position] } as const;
  return [gate, product, sixth(position + 1)];
}

function convolutionStep(
  layer: Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' }>,
  inputs: readonly number[],
): ConvolutionStep {
  const { kind, strides, dilations, padding } = layer;
  const { kernel, bias } = weightsOf(layer);
  const isStrided = strides.some((stride) => stride > 1);
  const isDilated = dilations.some((dilation) => dilation > 1);
  // TF.js computes either strides or dilations, so the gaps of a kernel that has both are filled with zeros.
  const window =
    isStrided && isDilated
      ? { dilations: [1, 1] as const, kernel: withGaps(kernel, dilations) }
      : { dilations, kernel };
  return { kind, strides, padding, inputs, bias, activation: LINEAR, ...window };
}

function withGaps(
  kernel: WeightTensor,
  [dilationY, dilationX]: readonly [number, number],
): WeightTensor {
  const [height = 1, width = 1, inSize = 1, outSize = 1] = kernel.shape;
  const gappedWidth = (width - 1) * dilationX + 1;
  const gappedHeight = (height - 1) * dilationY + 1;
  const area = inSize * outSize;
  return lazyTensor([gappedHeight, gappedWidth, inSize, outSize], () => {
    const { values } = kernel;
    const gapped = new Float32Array(gappedHeight * gappedWidth * area);
    for (let tap = 0; tap < height * width; tap++) {
      const row = Math.floor(tap / width) * dilationY;
      const column = (tap % width) * dilationX;
      const taken = values.subarray(tap * area, (tap + 1) * area);
      gapped.set(taken, (row * gappedWidth + column) * area);
    }
    return gapped;
  });
}

function weightsOf(layer: Layer) {
  return { kernel: tensorOf(layer, 'kernel'), bias: layer.tensors.bias ?? null };
}

function tensorOf({ tensors, name }: Layer, role: 'kernel' | 'alpha'): WeightTensor {
  const tensor = tensors[role];
  if (tensor === undefined) throw new RangeError(`The layer ${name} has no ${role}`);
  return tensor;
}
