import { expect, it } from 'vitest';
import { readFigures, loadFigure } from '../../engine/kerasFiguresFixture.ts';
import { withPixelInput } from '../pixelInput.ts';
import { everyKindNetwork } from '../exportFixture.ts';
import { kerasModel } from './kerasModel.ts';

/** What every layer of Keras 2.10 takes: `base_layer.Layer` and its `get_config`. */
const OF_ALL = ['name', 'dtype'];

/**
 * The settings that the classes of Keras 2.10 take, of those that a file needs. All but those of two
 * classes are arguments in the copy of Keras 2 that TensorFlow keeps (`tensorflow/python/keras/layers` in
 * its wheel of 2.21, left as it was before 2.10; Keras 2 took none away after). `Rescaling` and `Conv2D` are in
 * TensorFlow 2.10's API reference (tensorflow.org/versions/r2.10/api_docs/python/tf/keras/layers);
 * `BatchNormalization` in those of 2.0 and, unchanged, in that of 2.14's `tf.compat.v1.layers`.
 */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  InputLayer: ['batch_input_shape', 'sparse', 'ragged'],
  Conv2D: [
    ...['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'groups'],
    ...['activation', 'use_bias'],
  ],
  DepthwiseConv2D: [
    ...['kernel_size', 'strides', 'padding', 'depth_multiplier', 'data_format', 'dilation_rate'],
    ...['activation', 'use_bias'],
  ],
  BatchNormalization: ['axis', 'momentum', 'epsilon', 'center', 'scale'],
  Activation: ['activation'],
  ReLU: ['max_value', 'negative_slope', 'threshold'],
  PReLU: ['shared_axes'],
  ZeroPadding2D: ['padding', 'data_format'],
  Cropping2D: ['cropping', 'data_format'],
  UpSampling2D: ['size', 'data_format', 'interpolation'],
  MaxPooling2D: ['pool_size', 'strides', 'padding', 'data_format'],
  AveragePooling2D: ['pool_size', 'strides', 'padding', 'data_format'],
  GlobalAveragePooling2D: ['data_format', 'keepdims'],
  GlobalMaxPooling2D: ['data_format', 'keepdims'],
  Dense: ['units', 'activation', 'use_bias'],
  Add: [],
  Multiply: [],
  Concatenate: ['axis'],
  Flatten: ['data_format'],
  Reshape: ['target_shape'],
  Dropout: ['rate', 'noise_shape', 'seed'],
  Rescaling: ['scale', 'offset'],
};

/** `keras/activations.py` of the same version, of those that a file names. */
const ACTIVATIONS = [
  ...['linear', 'relu', 'elu', 'selu', 'sigmoid', 'tanh', 'softmax', 'softplus', 'gelu', 'swish'],
];

it('says nothing that Keras 2.10 does not know', () => {
  const pixels = { channelOrder: 'bgr', scale: [1], offset: [0] } as const;
  const networks = [
    withPixelInput(everyKindNetwork(), pixels),
    ...[...readFigures('keras2'), ...readFigures('keras3')].map(loadFigure),
  ];
  const met = new Set<string>();
  for (const { className, config } of networks.flatMap((each) => kerasModel(each).layers)) {
    met.add(className);
    const known = [...OF_ALL, ...(SETTINGS[className] ?? [])];
    const unknown = Object.keys(config).filter((key) => !known.includes(key));
    expect({ className, unknown }).toEqual({ className, unknown: [] });
    if ('activation' in config) expect(ACTIVATIONS).toContain(config['activation']);
  }
  // The figures have every kind of layer.
  expect([...met].sort()).toEqual(Object.keys(SETTINGS).sort());
});
