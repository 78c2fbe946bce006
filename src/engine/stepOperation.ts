import * as tf from '@tensorflow/tfjs-core';
import type { SidePadding, Step } from '../network/fold.ts';
import type { ActivationKind, Padding2d, WeightTensor } from '../network/network.ts';

/** A step bound to its constants on the active backend. */
export interface StepOperation {
  /** Caller disposes the result; inputs stay. */
  readonly apply: (inputs: readonly tf.Tensor[]) => tf.Tensor;
  /** Uploaded once, disposed with the plan. */
  readonly constants: readonly tf.Tensor[];
}

/** Uploads the step's constants. Every kind of step has its one operation here. */
export function bindStep(step: Exclude<Step, { kind: 'input' }>): StepOperation {
  switch (step.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return bindConvolution(step);
    case 'dense':
      return bindDense(step);
    case 'affine': {
      const [scale, shift] = [upload(step.scale), upload(step.shift)];
      return {
        apply: ([x]) => tf.tidy(() => tf.add(tf.mul(given(x), scale), shift)),
        constants: [scale, shift],
      };
    }
    case 'activation':
      return unary((x) => activate(x, step.activation));
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
    case 'max-pooling2d':
      return unary((x) =>
        tf.maxPool(x as tf.Tensor4D, [...step.poolSize], [...step.strides], step.padding),
      );
    case 'average-pooling2d':
      return unary((x) =>
        tf.avgPool(x as tf.Tensor4D, [...step.poolSize], [...step.strides], step.padding),
      );
    case 'global-average-pooling2d':
      return unary((x) => tf.mean(x, [1, 2], step.keepDims));
    case 'flatten':
      return unary((x) => tf.reshape(x, [x.shape[0], -1]));
    case 'reshape':
      return unary((x) => tf.reshape(x, [x.shape[0], ...step.targetShape]));
    case 'add':
      return {
        apply: (inputs) => tf.tidy(() => inputs.reduce((sum, x) => tf.add(sum, x))),
        constants: [],
      };
  }
}

function unary(apply: (x: tf.Tensor) => tf.Tensor): StepOperation {
  return { apply: ([x]) => apply(given(x)), constants: [] };
}

function given(x: tf.Tensor | undefined): tf.Tensor {
  if (x === undefined) throw new RangeError('A step has no input');
  return x;
}

function upload({ shape, values }: WeightTensor): tf.Tensor {
  return tf.tensor(values, [...shape], 'float32');
}

function bindConvolution(
  step: Extract<Step, { kind: 'conv2d' | 'depthwise-conv2d' }>,
): StepOperation {
  const filter = upload(step.kernel) as tf.Tensor4D;
  const bias = step.bias === null ? null : (upload(step.bias) as tf.Tensor1D);
  const settings = {
    filter,
    strides: [...step.strides] as [number, number],
    dilations: [...step.dilations] as [number, number],
    activation: step.activation,
    ...(bias && { bias }),
  };
  const padding = tfPadding(step.padding);
  const isDepthwise = step.kind === 'depthwise-conv2d';
  return {
    apply: ([x]) => {
      const input = { x: given(x) as tf.Tensor4D, ...settings };
      if (!isDepthwise) return tf.fused.conv2d({ ...input, pad: padding });
      // Its type leaves explicit padding out, yet every backend's kernel takes it.
      return tf.fused.depthwiseConv2d({ ...input, pad: padding as 'valid' });
    },
    constants: bias === null ? [filter] : [filter, bias],
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
  const bias = step.bias === null ? null : upload(step.bias);
  const { activation } = step;
  return {
    apply: ([x]) => tf.fused.matMul({ a: given(x), b: kernel, activation, ...(bias && { bias }) }),
    constants: bias === null ? [kernel] : [kernel, bias],
  };
}

function activate(x: tf.Tensor, activation: ActivationKind): tf.Tensor {
  switch (activation) {
    case 'linear':
      return tf.clone(x);
    case 'relu':
      return tf.relu(x);
    case 'relu6':
      return tf.relu6(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'softmax':
      return tf.softmax(x);
  }
}
