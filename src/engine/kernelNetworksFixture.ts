import { fixtureLayer, fixtureModel, fixtureTensor } from '../network/kerasModelFixture.ts';
import { batchNorm, bias, conv, input, kernel } from './smallLayersFixture.ts';

/** Small networks of layers with kernels, in which TF.js layers know every layer. */
export const KERNEL_NETWORKS = {
  'convolution, same, bias': fixtureModel(
    [input, conv({ padding: 'same', strides: [2, 2] }, 'in')],
    [kernel, bias],
  ),
  'convolution with dilation and its own sigmoid': fixtureModel(
    [input, conv({ dilation_rate: [2, 2], activation: 'sigmoid' }, 'in')],
    [kernel, bias],
  ),
  'padding, convolution, batch norm, ReLU6': fixtureModel(
    [
      input,
      fixtureLayer(
        'ZeroPadding2D',
        'pad',
        {
          padding: [
            [0, 1],
            [2, 1],
          ],
        },
        'in',
      ),
      conv({ strides: [2, 2], use_bias: false }, 'pad'),
      fixtureLayer('BatchNormalization', 'bn', { axis: -1, epsilon: 0.01 }, 'conv'),
      fixtureLayer('ReLU', 'relu', { max_value: 6 }, 'bn'),
    ],
    [kernel, ...batchNorm('bn', 4)],
  ),
  'padding, depthwise convolution with bias and multiplier, batch norm, ReLU': fixtureModel(
    [
      input,
      fixtureLayer(
        'ZeroPadding2D',
        'pad',
        {
          padding: [
            [0, 1],
            [0, 1],
          ],
        },
        'in',
      ),
      fixtureLayer(
        'DepthwiseConv2D',
        'dw',
        { kernel_size: 3, depth_multiplier: 2, strides: [2, 2] },
        'pad',
      ),
      fixtureLayer('BatchNormalization', 'bn', {}, 'dw'),
      fixtureLayer('Activation', 'relu', { activation: 'relu' }, 'bn'),
    ],
    [
      fixtureTensor('dw/depthwise_kernel', 3, 3, 3, 2),
      fixtureTensor('dw/bias', 6),
      ...batchNorm('bn', 6),
    ],
  ),
  'batch norm without scale or centre after a ReLU': fixtureModel(
    [
      input,
      conv({ activation: 'relu' }, 'in'),
      fixtureLayer('BatchNormalization', 'bn', { scale: false, center: false }, 'conv'),
    ],
    [kernel, bias, ...batchNorm('bn', 4).slice(2)],
  ),
  'batch norm first, then padding used twice': fixtureModel(
    [
      input,
      fixtureLayer('BatchNormalization', 'bn', {}, 'in'),
      fixtureLayer('ZeroPadding2D', 'pad', { padding: 1 }, 'bn'),
      fixtureLayer('MaxPooling2D', 'max', { pool_size: 3, strides: 1 }, 'pad'),
      fixtureLayer(
        'AveragePooling2D',
        'mean',
        { pool_size: [3, 3], strides: [1, 1], padding: 'valid' },
        'pad',
      ),
      fixtureLayer('Add', 'sum', {}, 'max', 'mean', 'bn'),
    ],
    batchNorm('bn', 3),
  ),
  'a convolution used twice is not fused into either use': fixtureModel(
    [
      input,
      conv({ padding: 'same' }, 'in'),
      fixtureLayer('Dropout', 'drop', { rate: 0.5 }, 'conv'),
      fixtureLayer('Activation', 'relu', { activation: 'relu' }, 'drop'),
      fixtureLayer('Add', 'sum', {}, 'relu', 'conv'),
    ],
    [kernel, bias],
  ),
  'average pooling, same': fixtureModel(
    [input, fixtureLayer('AveragePooling2D', 'mean', { pool_size: 2, padding: 'same' }, 'in')],
    [],
  ),
  'flatten, dense, batch norm, tanh, dense softmax': fixtureModel(
    [
      input,
      fixtureLayer('Flatten', 'flat', {}, 'in'),
      fixtureLayer('Dense', 'd1', { units: 5 }, 'flat'),
      fixtureLayer('BatchNormalization', 'bn', {}, 'd1'),
      fixtureLayer('Activation', 'tanh', { activation: 'tanh' }, 'bn'),
      fixtureLayer('Dense', 'd2', { units: 3, activation: 'softmax', use_bias: false }, 'tanh'),
    ],
    [
      fixtureTensor('d1/kernel', 126, 5),
      fixtureTensor('d1/bias', 5),
      ...batchNorm('bn', 5),
      fixtureTensor('d2/kernel', 5, 3),
    ],
  ),
  'global average pooling, reshape, 1 × 1 convolution, dropout last': fixtureModel(
    [
      input,
      fixtureLayer('GlobalAveragePooling2D', 'pool', {}, 'in'),
      fixtureLayer('Reshape', 'shape', { target_shape: [-1, 1, 3] }, 'pool'),
      fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: 1 }, 'shape'),
      fixtureLayer('Dropout', 'drop', { rate: 0.1 }, 'conv'),
    ],
    [fixtureTensor('conv/kernel', 1, 1, 3, 4), bias],
  ),
  'separable convolution with strides': fixtureModel(
    [
      input,
      fixtureLayer(
        'SeparableConv2D',
        'separable',
        { filters: 5, kernel_size: 3, strides: 2, padding: 'same', activation: 'relu' },
        'in',
      ),
    ],
    [
      fixtureTensor('separable/depthwise_kernel', 3, 3, 3, 1),
      fixtureTensor('separable/pointwise_kernel', 1, 1, 3, 5),
      fixtureTensor('separable/bias', 5),
    ],
  ),
  'convolution with an ELU of its own': fixtureModel(
    [input, conv({ activation: 'elu' }, 'in')],
    [kernel, bias],
  ),
  'convolution, batch norm, leaky ReLU': fixtureModel(
    [
      input,
      conv({ use_bias: false }, 'in'),
      fixtureLayer('BatchNormalization', 'bn', {}, 'conv'),
      fixtureLayer('LeakyReLU', 'leaky', { alpha: 0.1 }, 'bn'),
    ],
    [kernel, ...batchNorm('bn', 4)],
  ),
  'convolution, PReLU per channel, dense with sigmoid over pictures': fixtureModel(
    [
      input,
      conv({}, 'in'),
      fixtureLayer('PReLU', 'prelu', { shared_axes: [1, 2] }, 'conv'),
      fixtureLayer('Dense', 'dense', { units: 3, activation: 'sigmoid' }, 'prelu'),
    ],
    [
      kernel,
      bias,
      fixtureTensor('prelu/alpha', 1, 1, 4),
      fixtureTensor('dense/kernel', 4, 3),
      fixtureTensor('dense/bias', 3),
    ],
  ),
  'depthwise convolution, leaky ReLU, depthwise convolution, PReLU per value': fixtureModel(
    [
      input,
      fixtureLayer('DepthwiseConv2D', 'first', { kernel_size: 3, use_bias: false }, 'in'),
      fixtureLayer('LeakyReLU', 'leaky', { alpha: 0.2 }, 'first'),
      fixtureLayer('DepthwiseConv2D', 'second', { kernel_size: 2, use_bias: false }, 'leaky'),
      fixtureLayer('PReLU', 'prelu', {}, 'second'),
    ],
    [
      fixtureTensor('first/depthwise_kernel', 3, 3, 3, 1),
      fixtureTensor('second/depthwise_kernel', 2, 2, 3, 1),
      fixtureTensor('prelu/alpha', 4, 3, 3),
    ],
  ),
  'flatten, dense, PReLU, dense, ELU': fixtureModel(
    [
      input,
      fixtureLayer('Flatten', 'flat', {}, 'in'),
      fixtureLayer('Dense', 'd1', { units: 4 }, 'flat'),
      fixtureLayer('PReLU', 'prelu', {}, 'd1'),
      fixtureLayer('Dense', 'd2', { units: 3, use_bias: false }, 'prelu'),
      fixtureLayer('ELU', 'elu', { alpha: 1 }, 'd2'),
    ],
    [
      fixtureTensor('d1/kernel', 126, 4),
      fixtureTensor('d1/bias', 4),
      fixtureTensor('prelu/alpha', 4),
      fixtureTensor('d2/kernel', 4, 3),
    ],
  ),
};
