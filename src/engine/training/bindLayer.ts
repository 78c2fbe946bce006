import * as tf from '@tensorflow/tfjs-core';
import { affineOfBatchNorm } from '../../network/affine.ts';
import type { ActivationKind, Layer, WeightTensor } from '../../network/network.ts';
import { bindActivation } from '../activations.ts';
import { given } from '../boundStep.ts';
import { bindStep } from '../stepOperation.ts';
import { notTrainable } from './layersAbove.ts';
import { withoutVariables, type LayerOperation } from './layerOperation.ts';
import { withGaps } from './pictureTaps.ts';
import type { TensorHoldings } from './tensorHoldings.ts';
import { bindTrainedBatchNorm } from './trainedBatchNorm.ts';
import { repeatPixels } from './upsampling.ts';

export interface LayerOptions {
  /** Whether batch norms stay as the base has them, or learn and follow the batches. */
  readonly batchNorm: 'frozen' | 'trained';
  /** Share of the values that a dropout layer drops in a training pass where the network does not say. */
  readonly dropoutRate: number;
}

type WeightedLayer = Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' | 'dense' }>;

/**
 * The layer as differentiable operations, none fused, on variables that begin as its tensors.
 * Errors: cut-not-trainable {layer}.
 */
export function bindLayer(
  layer: Exclude<Layer, { kind: 'input' }>,
  options: LayerOptions,
  holdings: TensorHoldings,
): LayerOperation {
  switch (layer.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
    case 'dense':
      return bindWeighted(layer, holdings);
    case 'batch-norm':
      // With epsilon 0 it is a normalisation of pixels, measured once.
      if (options.batchNorm === 'trained' && layer.epsilon > 0) {
        return bindTrainedBatchNorm(layer, holdings);
      }
      return bindAffine(affineOfBatchNorm(layer), holdings);
    case 'rescaling': {
      const [scale, shift] = [Float32Array.from(layer.scale), Float32Array.from(layer.offset)];
      return bindAffine({ scale, shift }, holdings);
    }
    case 'activation':
      return withoutVariables((x) => tf.tidy(() => activate(x, layer.activation)));
    case 'leaky-relu':
      return withoutVariables((x) => tf.leakyRelu(x, layer.alpha));
    case 'prelu':
      return bindPrelu(layer, holdings);
    case 'dropout':
      return bindDropout(layer.rate ?? options.dropoutRate);
    // On WASM the forward pass is faster as a pooling, yet its gradient takes several times as long.
    case 'global-average-pooling2d':
      return withoutVariables((x) => tf.mean(x, [1, 2], layer.keepDims));
    case 'global-max-pooling2d':
      return withoutVariables((x) => tf.max(x, [1, 2], layer.keepDims));
    case 'upsampling2d':
      if (layer.interpolation === 'bilinear') {
        // TF.js's takes the values to lie at the corners of their pixels.
        throw notTrainable(layer.name, 'There is no gradient of');
      }
      return withoutVariables((x) => repeatPixels(x as tf.Tensor4D, layer.size));
    case 'zero-padding2d':
    case 'cropping2d':
    case 'max-pooling2d':
    case 'average-pooling2d':
    case 'add':
    case 'multiply':
    case 'concatenate':
    case 'flatten':
    case 'reshape':
      return { ...bindStep(layer), variables: {} };
  }
}

function bindWeighted(layer: WeightedLayer, holdings: TensorHoldings): LayerOperation {
  const kernel = holdings.variable(tensorOf(layer, 'kernel'));
  const bias = layer.tensors.bias && holdings.variable(layer.tensors.bias);
  return {
    apply: ([input]) =>
      tf.tidy(() => {
        const product = multiply(layer, given(input), kernel);
        return activate(bias ? tf.add(product, bias) : product, layer.activation);
      }),
    variables: { kernel, ...(bias && { bias }) },
  };
}

function multiply(layer: WeightedLayer, x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  if (layer.kind === 'dense') {
    const [inSize = 1, outSize = 1] = kernel.shape;
    const rows = tf.matMul(tf.reshape(x, [-1, inSize]), kernel);
    return tf.reshape(rows, [...x.shape.slice(0, -1), outSize]);
  }
  const convolve = layer.kind === 'conv2d' ? tf.conv2d : tf.depthwiseConv2d;
  const filter = dilated(kernel as tf.Tensor4D, layer.dilations);
  return convolve(x as tf.Tensor4D, filter, [...layer.strides], layer.padding);
}

/** A dilated kernel with its gaps as zeros: TF.js has no gradients of dilated convolutions. */
function dilated(kernel: tf.Tensor4D, dilations: readonly [number, number]): tf.Tensor4D {
  if (dilations.every((dilation) => dilation === 1)) return kernel;
  const [height, width, inSize, outSize] = kernel.shape;
  const taps = tf.reshape<tf.Rank.R4>(kernel, [1, height, width, inSize * outSize]);
  const [rows, columns] = [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1];
  const gapped = tf.slice(withGaps(taps, dilations), [0, 0, 0, 0], [1, rows, columns, -1]);
  return tf.reshape(gapped, [rows, columns, inSize, outSize]);
}

function bindAffine(
  { scale, shift }: { readonly scale: Float32Array; readonly shift: Float32Array },
  holdings: TensorHoldings,
): LayerOperation {
  const [factor, term] = [holdings.constant(scale), holdings.constant(shift)];
  return withoutVariables((x) => tf.tidy(() => tf.add(tf.mul(x, factor), term)));
}

function bindPrelu(
  layer: Extract<Layer, { kind: 'prelu' }>,
  holdings: TensorHoldings,
): LayerOperation {
  const alpha = holdings.variable(tensorOf(layer, 'alpha'));
  const apply = (x: tf.Tensor) => tf.sub(tf.relu(x), tf.mul(alpha, tf.relu(tf.neg(x))));
  return { ...withoutVariables((x) => tf.tidy(() => apply(x))), variables: { alpha } };
}

function bindDropout(rate: number): LayerOperation {
  return {
    apply: ([input], random) => {
      const x = given(input);
      return random === null || rate === 0
        ? tf.clone(x)
        : tf.dropout(x, rate, undefined, random.next());
    },
    variables: {},
  };
}

function activate(x: tf.Tensor, kind: ActivationKind): tf.Tensor {
  if (kind === 'hard-sigmoid') return hardSigmoid(x, 1);
  if (kind === 'hard-sigmoid-keras2') return hardSigmoid(x, 1.2);
  if (kind === 'hard-swish') return tf.mul(x, hardSigmoid(x, 1));
  return bindActivation({ kind }).apply([x]);
}

/** relu6(slope · x + 3) / 6 */
function hardSigmoid(x: tf.Tensor, slope: number): tf.Tensor {
  return tf.div(tf.relu6(tf.add(tf.mul(x, slope), 3)), 6);
}

function tensorOf({ tensors, name }: Layer, role: 'kernel' | 'alpha'): WeightTensor {
  const tensor = tensors[role];
  if (tensor === undefined) throw new RangeError(`The layer ${name} has no ${role}`);
  return tensor;
}
