import { reshaped } from '../../network/lazyTensor.ts';
import type { Padding2d, WeightTensor } from '../../network/network.ts';
import type { AffineStep, ConvolutionStep, DenseStep, SidePadding } from '../../network/steps.ts';
import { windowedSize } from '../windowedSize.ts';
import { addActivation, fusedOperation } from './activations.ts';
import { imageSizes, integersAttribute, textAttribute, textsAttribute } from './graphNode.ts';
import type { GraphValue, TfjsGraphWriter } from './graphWriter.ts';

const UNTURNED = { transpose_a: { b: false }, transpose_b: { b: false } };
const LINEAR = { kind: 'linear' } as const;

export function addConvolution(
  graph: TfjsGraphWriter,
  step: ConvolutionStep,
  x: GraphValue,
): GraphValue {
  const { kernel, strides, dilations, padding } = step;
  const [rows = 1, columns = 1, inSize = 1, lastSize = 1] = kernel.shape;
  const isDepthwise = step.kind === 'depthwise-conv2d';
  const shape = [
    ...[rows, columns].map((taps, axis) => {
      const extent = (taps - 1) * (dilations[axis] ?? 1) + 1;
      const size = (x.shape[axis] ?? 1) + addedSize(padding, axis);
      const kind = padding === 'same' ? 'same' : 'valid';
      return windowedSize(size, extent, strides[axis] ?? 1, kind);
    }),
    isDepthwise ? inSize * lastSize : lastSize,
  ];
  const window = {
    strides: imageSizes(strides),
    dilations: imageSizes(dilations),
    data_format: textAttribute('NHWC'),
    ...paddingAttributes(padding),
  };
  // What TF.js' fused depthwise convolution is not told about.
  if (isDepthwise && step.activation.kind === 'leaky-relu') {
    const plain = addConvolution(graph, { ...step, activation: LINEAR }, x);
    return addActivation(graph, plain, step.activation);
  }
  const [plainOp, fusedOp] = isDepthwise
    ? (['DepthwiseConv2dNative', 'FusedDepthwiseConv2dNative'] as const)
    : (['Conv2D', '_FusedConv2D'] as const);
  const inputs = [x.name, graph.weights(kernel)];
  if (isPlain(step)) return graph.add(plainOp, inputs, shape, window);
  const fused = fusedParts(graph, step, shape.at(-1) ?? 0);
  return graph.add(fusedOp, [...inputs, ...fused.inputs], shape, { ...window, ...fused.attr });
}

/** Over the last axis. Of pictures it is a convolution of one tap. */
export function addDense(graph: TfjsGraphWriter, step: DenseStep, x: GraphValue): GraphValue {
  const [inSize = 1, outSize = 1] = step.kernel.shape;
  if (x.shape.length === 3) {
    const kernel = reshaped(step.kernel, [1, 1, inSize, outSize]);
    const window = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const;
    return addConvolution(graph, { ...step, ...window, kind: 'conv2d', kernel }, x);
  }
  const shape = [...x.shape.slice(0, -1), outSize];
  const inputs = [x.name, graph.weights(step.kernel)];
  if (shape.length === 2) {
    const product = graph.add('BatchMatMulV2', inputs, shape);
    const { bias } = step;
    const sum =
      bias === null ? product : graph.add('AddV2', [product.name, graph.weights(bias)], shape);
    return addActivation(graph, sum, step.activation);
  }
  if (isPlain(step)) return graph.add('MatMul', inputs, shape, UNTURNED);
  const fused = fusedParts(graph, step, outSize);
  const attr = { ...UNTURNED, ...fused.attr };
  return graph.add('_FusedMatMul', [...inputs, ...fused.inputs], shape, attr);
}

/** Factors of 1 and terms of 0 are left out, and one number stands for channels that share it. */
export function addAffine(
  graph: TfjsGraphWriter,
  { scale, shift, activation }: AffineStep,
  x: GraphValue,
): GraphValue {
  const apply = (op: string, value: GraphValue, values: Float32Array, idle: number) => {
    const [first = idle] = values;
    const isShared = values.every((each) => each === first);
    if (isShared && first === idle) return value;
    const constant = isShared
      ? graph.number(first)
      : graph.weights({ shape: [values.length], values });
    return graph.add(op, [value.name, constant], x.shape);
  };
  const scaled = apply('Mul', x, scale, 1);
  return addActivation(graph, apply('AddV2', scaled, shift, 0), activation);
}

function isPlain({ bias, activation }: DenseStep | ConvolutionStep): boolean {
  return bias === null && activation.kind === 'linear';
}

/** Inputs and attributes of what is computed along with a kernel; TF.js wants a bias before an activation. */
function fusedParts(
  graph: TfjsGraphWriter,
  { bias, activation }: DenseStep | ConvolutionStep,
  numOutputs: number,
) {
  const none: WeightTensor = { shape: [numOutputs], values: new Float32Array(numOutputs) };
  const slopes = activation.kind === 'prelu' ? [graph.weights(activation.alpha)] : [];
  const inputs = [graph.weights(bias ?? none), ...slopes];
  const operation = fusedOperation(activation);
  const attr = {
    num_args: { i: String(inputs.length) },
    fused_ops: textsAttribute(['BiasAdd', ...(operation === null ? [] : [operation])]),
    epsilon: { f: 0 },
    ...(activation.kind === 'leaky-relu' && { leakyrelu_alpha: { f: activation.alpha } }),
  };
  return { inputs, attr };
}

function addedSize(padding: Padding2d | SidePadding, axis: number): number {
  if (typeof padding === 'string') return 0;
  return axis === 0 ? padding.top + padding.bottom : padding.left + padding.right;
}

function paddingAttributes(padding: Padding2d | SidePadding) {
  if (typeof padding === 'string') return { padding: textAttribute(padding.toUpperCase()) };
  const { top, bottom, left, right } = padding;
  const sides = [0, 0, top, bottom, left, right, 0, 0];
  return { padding: textAttribute('EXPLICIT'), explicit_paddings: integersAttribute(sides) };
}
