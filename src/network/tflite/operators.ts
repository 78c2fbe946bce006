import { permuted, reshaped } from '../lazyTensor.ts';
import type { JsonRecord } from '../jsonChecks.ts';
import type { WeightTensor } from '../network.ts';
import { integers, number, text, texts } from './graphAttributes.ts';
import type { LiteValue } from './graphUnderway.ts';
import type { LiteCall } from './liteCall.ts';
import {
  readConcatenation,
  readMean,
  readPack,
  readPadding,
  readReshape,
  readResize,
  readSlice,
  readSqueeze,
  readStridedSlice,
} from './shapeOperators.ts';
import { softplusInput } from './softplus.ts';

type OperatorReader = (call: LiteCall) => LiteValue;

/** Quantising and widening change how values are kept, not what they stand for. */
const passOn: OperatorReader = (call) => call.value(0);
const unary =
  (op: string): OperatorReader =>
  (call) =>
    call.add(op, [call.source(0)]);

/** How each operator is said in operations of TensorFlow; gives what its output becomes. */
export const OPERATOR_READERS: Readonly<Record<string, OperatorReader>> = {
  ADD: (call) => {
    const input = softplusInput(call);
    return input === null ? arithmetic('AddV2')(call) : call.add('Softplus', [input]);
  },
  AVERAGE_POOL_2D: pooling('AvgPool'),
  CONCATENATION: (call) => activated(call, readConcatenation(call), 1),
  CONV_2D: readConvolution,
  DEPTHWISE_CONV_2D: readDepthwise,
  DEQUANTIZE: passOn,
  DIV: arithmetic('RealDiv'),
  ELU: unary('Elu'),
  EXP: unary('Exp'),
  FULLY_CONNECTED: readFullyConnected,
  GELU: (call) => (call.optionFlag(0) ? call.refuse('is approximate') : unary('Gelu')(call)),
  HARD_SWISH: unary('HardSwish'),
  LEAKY_RELU: (call) =>
    call.add('LeakyRelu', [call.source(0)], { alpha: number(call.option(0, 'float32')) }),
  LOG: unary('Log'),
  LOGISTIC: unary('Sigmoid'),
  MAX_POOL_2D: pooling('MaxPool'),
  MEAN: readMean('Mean'),
  MUL: arithmetic('Mul'),
  PACK: readPack,
  PAD: readPadding,
  PADV2: readPadding,
  PRELU: readPrelu,
  QUANTIZE: passOn,
  REDUCE_MAX: readMean('Max'),
  RELU: unary('Relu'),
  RELU6: unary('Relu6'),
  RESHAPE: readReshape,
  RESIZE_BILINEAR: readResize('ResizeBilinear', 2),
  RESIZE_NEAREST_NEIGHBOR: readResize('ResizeNearestNeighbor', 0),
  SHAPE: unary('Shape'),
  SLICE: readSlice,
  SOFTMAX: (call) =>
    call.option(0, 'float32') === 1 ? unary('Softmax')(call) : call.refuse('scales its input'),
  SQUEEZE: readSqueeze,
  STRIDED_SLICE: readStridedSlice,
  SUB: arithmetic('Sub'),
  TANH: unary('Tanh'),
};

/** By their number in `ActivationFunctionType`. */
const FUSED: readonly (string | null)[] = [null, 'Relu', null, 'Relu6', 'Tanh'];

function fusedActivation(call: LiteCall, field: number): string | null {
  const code = call.option(field, 'int8');
  const name = FUSED[code];
  if (name === undefined || (name === null && code !== 0)) return call.refuse('has an activation');
  return name;
}

/** What an operator does after its own work. */
function activated(call: LiteCall, node: string, field: number): string {
  const activation = fusedActivation(call, field);
  return activation === null ? node : call.add(activation, [node], {}, activation);
}

function arithmetic(op: string): OperatorReader {
  return (call) => activated(call, call.add(op, [call.source(0), call.source(1)]), 0);
}

function pooling(op: string): OperatorReader {
  return (call) => {
    const ksize = integers(1, call.option(4, 'int32'), call.option(3, 'int32'), 1);
    return activated(call, call.add(op, [call.source(0)], { ...window(call), ksize }), 5);
  };
}

/** The first fields of everything that a window moves over. */
function window(call: LiteCall): JsonRecord {
  return {
    padding: text(call.option(0, 'int8') === 0 ? 'SAME' : 'VALID'),
    strides: integers(1, call.option(2, 'int32'), call.option(1, 'int32'), 1),
  };
}

function dilations(call: LiteCall, field: number): JsonRecord {
  const [across, down] = [call.option(field, 'int32', 1), call.option(field + 1, 'int32', 1)];
  return { dilations: integers(1, down, across, 1) };
}

/** Kernels are [out, height, width, in]. */
function readConvolution(call: LiteCall): string {
  const kernel = permuted(kernelOf(call, 4), [1, 2, 3, 0]);
  return addKernel(call, '_FusedConv2D', kernel, 3, { ...window(call), ...dilations(call, 4) });
}

/** Kernels are [1, height, width, in · multiplier]. */
function readDepthwise(call: LiteCall): string {
  const given = kernelOf(call, 4);
  const [, height = 1, width = 1, numOutputs = 1] = given.shape;
  const numInputs = call.shape(0).at(-1) ?? 1;
  const kernel = reshaped(given, [height, width, numInputs, numOutputs / numInputs]);
  if (!Number.isSafeInteger(kernel.shape[3])) call.refuse('has a kernel for other channels');
  const settings = { ...window(call), ...dilations(call, 5) };
  return addKernel(call, 'FusedDepthwiseConv2dNative', kernel, 4, settings);
}

/** Kernels are [out, in]; without `keep_num_dims` whatever comes in is rows of `in` values. */
function readFullyConnected(call: LiteCall): string {
  const kernel = kernelOf(call, 2);
  if (call.option(1, 'int8') !== 0) call.refuse('keeps its weights in another order');
  const isRow = call.shape(0).length === 2 || call.optionFlag(2);
  const input = isRow ? call.source(0) : addFlattening(call, kernel.shape[1] ?? 1);
  return addKernel(call, '_FusedMatMul', permuted(kernel, [1, 0]), 0, {}, input);
}

function addFlattening(call: LiteCall, rowSize: number): string {
  const sizes = call.constant('row_size', [-1, rowSize]);
  return call.add('Reshape', [call.source(0), sizes], {}, 'rows');
}

function kernelOf(call: LiteCall, rank: number): WeightTensor {
  const kernel = call.weights(1);
  return kernel.shape.length === rank ? kernel : call.refuse('has a kernel of another form');
}

function addKernel(
  call: LiteCall,
  op: string,
  kernel: WeightTensor,
  activationField: number,
  settings: JsonRecord,
  input = call.source(0),
): string {
  const bias = call.has(2) ? [call.source(2)] : [];
  const activation = fusedActivation(call, activationField);
  const fused = [...bias.map(() => 'BiasAdd'), ...(activation === null ? [] : [activation])];
  const inputs = [input, call.constant('kernel', kernel), ...bias];
  return call.add(op, inputs, { ...settings, fused_ops: texts(fused) });
}

/** Slopes are of the input's rank or lower, and without the batch. */
function readPrelu(call: LiteCall): string {
  const slopes = call.weights(1);
  const rank = call.shape(0).length - 1;
  const spread = [...call.shape(0).map(() => 1), ...slopes.shape];
  if (spread.slice(0, -rank).some((size) => size !== 1)) call.refuse('has slopes of another form');
  const alpha = call.constant('slopes', reshaped(slopes, spread.slice(-rank)));
  return call.add('Prelu', [call.source(0), alpha]);
}
