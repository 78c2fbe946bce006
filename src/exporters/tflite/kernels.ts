import { lazyTensor, permuted, reshaped } from '../../network/lazyTensor.ts';
import type { Padding2d } from '../../network/network.ts';
import type { AffineStep, ConvolutionStep, DenseStep, SidePadding } from '../../network/steps.ts';
import { windowedSize } from '../windowedSize.ts';
import { padImage, reshape } from './images.ts';
import type { LiteGraphWriter } from './liteGraph.ts';
import {
  convolutionOptions,
  depthwiseOptions,
  fullyConnectedOptions,
  type FusedActivation,
} from './options.ts';

/** Kernels are [out, height, width, in] here, depthwise ones [1, height, width, out]. */
export function addConvolution(graph: LiteGraphWriter, step: ConvolutionStep, x: number): number {
  const { kernel, strides, dilations } = step;
  const [rows = 1, columns = 1, inSize = 1, lastSize = 1] = kernel.shape;
  const isDepthwise = step.kind === 'depthwise-conv2d';
  const numChannels = isDepthwise ? inSize * lastSize : lastSize;
  const extent = [(rows - 1) * dilations[0] + 1, (columns - 1) * dilations[1] + 1] as const;
  const { image, padding } = padded(graph, x, step, extent);

  const [, height = 1, width = 1] = graph.shapeOf(image);
  const shape = [
    1,
    windowedSize(height, extent[0], strides[0], padding),
    windowedSize(width, extent[1], strides[1], padding),
    numChannels,
  ];
  const activation = step.activation.kind as FusedActivation;
  const window = { padding, strides, dilations, activation };
  const bias = addBias(graph, step, numChannels);
  if (!isDepthwise) {
    const weights = graph.weights(permuted(kernel, [3, 0, 1, 2]));
    return graph.add('CONV_2D', [image, weights, bias], shape, convolutionOptions(window));
  }
  const weights = graph.weights(reshaped(kernel, [1, rows, columns, numChannels]));
  const options = depthwiseOptions(window, lastSize);
  return graph.add('DEPTHWISE_CONV_2D', [image, weights, bias], shape, options);
}

/** Over the last axis. Of pictures it is a convolution of one tap. */
export function addDense(graph: LiteGraphWriter, step: DenseStep, x: number): number {
  const [inSize = 1, outSize = 1] = step.kernel.shape;
  const shape = [...graph.shapeOf(x).slice(0, -1), outSize];
  if (shape.length === 4) {
    const kernel = reshaped(step.kernel, [1, 1, inSize, outSize]);
    const window = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const;
    return addConvolution(graph, { ...step, ...window, kind: 'conv2d', kernel }, x);
  }
  const rows = shape.length === 2 ? x : reshape(graph, x, [inSize]);
  const weights = graph.weights(permuted(step.kernel, [1, 0]));
  const product = graph.add(
    'FULLY_CONNECTED',
    [rows, weights, addBias(graph, step, outSize)],
    [...graph.shapeOf(rows).slice(0, -1), outSize],
    fullyConnectedOptions(step.activation.kind as FusedActivation),
  );
  return shape.length === 2 ? product : reshape(graph, product, shape.slice(1));
}

/** As a depthwise convolution of one tap, which multiplies and adds at once, and each channel by its own. */
export function addAffine(graph: LiteGraphWriter, step: AffineStep, x: number): number {
  const shape = graph.shapeOf(x).slice(1);
  const numChannels = shape.at(-1) ?? 1;
  const spread = (values: Float32Array) =>
    values.length === numChannels ? values : new Float32Array(numChannels).fill(values[0] ?? 0);
  const convolution: ConvolutionStep = {
    ...step,
    kind: 'depthwise-conv2d',
    kernel: { shape: [1, 1, numChannels, 1], values: spread(step.scale) },
    bias: { shape: [numChannels], values: spread(step.shift) },
    strides: [1, 1],
    dilations: [1, 1],
    padding: 'valid',
  };
  if (shape.length === 3) return addConvolution(graph, convolution, x);
  const image = reshape(graph, x, [1, sizeOf(shape) / numChannels, numChannels]);
  return reshape(graph, addConvolution(graph, convolution, image), shape);
}

/** A border that is what TensorFlow's own padding adds costs no operation. */
function padded(
  graph: LiteGraphWriter,
  x: number,
  { padding, strides }: ConvolutionStep,
  extent: readonly [number, number],
): { readonly image: number; readonly padding: Padding2d } {
  if (typeof padding === 'string') return { image: x, padding };
  const [, height = 1, width = 1] = graph.shapeOf(x);
  const [top, bottom] = ownPadding(height, extent[0], strides[0]);
  const [left, right] = ownPadding(width, extent[1], strides[1]);
  if (areEqual(padding, { top, bottom, left, right })) return { image: x, padding: 'same' };
  return { image: padImage(graph, x, padding), padding: 'valid' };
}

function ownPadding(size: number, window: number, stride: number): [number, number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function areEqual(one: SidePadding, other: SidePadding): boolean {
  return (['top', 'bottom', 'left', 'right'] as const).every((side) => one[side] === other[side]);
}

/** One of zeros where a step has none: quantised kernels want one. */
function addBias(
  graph: LiteGraphWriter,
  { bias }: Pick<DenseStep, 'bias'>,
  numChannels: number,
): number {
  return graph.weights(bias ?? lazyTensor([numChannels], () => new Float32Array(numChannels)));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
