import * as tf from '@tensorflow/tfjs-core';
import type { Padding2d } from '../network/network.ts';
import type { SidePadding, Step } from '../network/steps.ts';
import { bindActivation, fusedActivation } from './activations.ts';
import { bindAffine } from './affineOperation.ts';
import { resize } from './resizeOperation.ts';
import { given, unary, upload, type StepOperation } from './boundStep.ts';

/** Uploads the step's constants. Every kind of step has its one operation here. */
export function bindStep(step: Exclude<Step, { kind: 'input' }>): StepOperation {
  switch (step.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return bindConvolution(step);
    case 'dense':
      return bindDense(step);
    case 'affine':
      return bindAffine(step);
    case 'activation':
      return bindActivation(step.activation);
    case 'zero-padding2d': {
      const [top, bottom, left, right] = step.padding;
      return unary((x) =>
        tf.pad(x, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]),
      );
    }
    case 'cropping2d':
    case 'upsampling2d':
      return unary((x) => resize(x as tf.Tensor4D, step));
    case 'max-pooling2d':
      return unary((x) =>
        tf.maxPool(x as tf.Tensor4D, [...step.poolSize], [...step.strides], step.padding),
      );
    case 'average-pooling2d':
      return unary((x) =>
        tf.avgPool(x as tf.Tensor4D, [...step.poolSize], [...step.strides], step.padding),
      );
    case 'global-average-pooling2d':
    case 'global-max-pooling2d':
      return bindGlobalPooling(step);
    case 'flatten':
      return unary((x) => tf.reshape(x, [x.shape[0], -1]));
    case 'reshape':
      return unary((x) => tf.reshape(x, [x.shape[0], ...step.targetShape]));
    case 'add':
      return joining((inputs) => inputs.reduce((sum, x) => tf.add(sum, x)));
    case 'multiply':
      return joining((inputs) => inputs.reduce((product, x) => tf.mul(product, x)));
    case 'concatenate':
      return joining((inputs) => tf.concat([...inputs], -1));
  }
}

/** On WASM as a window over all of the picture: reducing takes ten times as long there. */
function bindGlobalPooling({
  kind,
  keepDims,
}: Extract<Step, { kind: 'global-average-pooling2d' | 'global-max-pooling2d' }>): StepOperation {
  const isAverage = kind === 'global-average-pooling2d';
  const pool = isAverage ? tf.avgPool : tf.maxPool;
  const reduce = isAverage ? tf.mean : tf.max;
  if (tf.getBackend() !== 'wasm') return unary((x) => reduce(x, [1, 2], keepDims));
  return unary((x) => {
    const [numPhotos = 0, height = 1, width = 1, channels = 0] = x.shape;
    const pooled = pool(x as tf.Tensor4D, [height, width], 1, 'valid');
    return keepDims ? pooled : tf.reshape(pooled, [numPhotos, channels]);
  });
}

function joining(join: (inputs: readonly tf.Tensor[]) => tf.Tensor): StepOperation {
  return { apply: (inputs) => tf.tidy(() => join(inputs)), constants: [] };
}

/**
 * The kernels themselves, which the plan's shapes suit already: `tf.fused` looks at every argument again,
 * which takes a thirteenth of MobileNetV2 0.35's time on WASM.
 */
function bindConvolution(
  step: Extract<Step, { kind: 'conv2d' | 'depthwise-conv2d' }>,
): StepOperation {
  const kernelName = step.kind === 'conv2d' ? tf.FusedConv2D : tf.FusedDepthwiseConv2D;
  const filter = upload(step.kernel);
  const bias = step.bias && upload(step.bias);
  const { settings, constants } = fusedActivation(step.activation);
  const { preluActivationWeights, ...activation } = settings;
  const tensors = {
    filter,
    ...(bias && { bias }),
    ...(preluActivationWeights && { preluActivationWeights }),
  };
  const attributes: tf.NamedAttrMap = {
    strides: [...step.strides],
    dilations: [...step.dilations],
    pad: tfPadding(step.padding),
    dataFormat: 'NHWC',
    ...activation,
  };
  return {
    apply: ([x]) => tf.engine().runKernel(kernelName, { x: given(x), ...tensors }, attributes),
    constants: [filter, ...(bias ? [bias] : []), ...constants],
  };
}

function tfPadding(padding: Padding2d | SidePadding): Padding2d | tf.backend_util.ExplicitPadding {
  if (typeof padding === 'string') return padding;
  return [
    [0, 0],
    [padding.top, padding.bottom],
    [padding.left, padding.right],
    [0, 0],
  ];
}

function bindDense(step: Extract<Step, { kind: 'dense' }>): StepOperation {
  const kernel = upload(step.kernel) as tf.Tensor2D;
  const [inSize, outSize] = kernel.shape;
  const bias = step.bias && upload(step.bias);
  const { settings, constants } = fusedActivation(step.activation);
  const apply = (x: tf.Tensor) =>
    tf.fused.matMul({ a: x, b: kernel, ...settings, ...(bias && { bias }) });
  return {
    apply: ([x]) => {
      const input = given(x);
      if (input.rank === 2) return apply(input);
      const [rows, shape] = [
        tf.reshape(input, [-1, inSize]),
        [...input.shape.slice(0, -1), outSize],
      ];
      return tf.tidy(() => tf.reshape(apply(rows), shape));
    },
    constants: [kernel, ...(bias ? [bias] : []), ...constants],
  };
}
