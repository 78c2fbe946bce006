import {
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
  type FixtureLayer,
} from '../network/kerasModelFixture.ts';
import { KERNEL_NETWORKS } from './kernelNetworksFixture.ts';
import { batchNorm, bias, conv, input, kernel } from './smallLayersFixture.ts';

/** Small networks of pictures of 7 × 6 × 3, in which TF.js layers know every layer. */
export const SMALL_NETWORKS = {
  ...KERNEL_NETWORKS,
  'rescaling, batch norm, valid convolution': fixtureModel(
    [
      input,
      fixtureLayer('Rescaling', 'scale', { scale: 2, offset: -1 }, 'in'),
      fixtureLayer('BatchNormalization', 'bn', {}, 'scale'),
      conv({}, 'bn'),
    ],
    [kernel, bias, ...batchNorm('bn', 3)],
  ),
  'rescaling before a convolution that sees beyond the border': fixtureModel(
    [
      input,
      fixtureLayer('Rescaling', 'scale', { scale: 2, offset: -1 }, 'in'),
      conv({ padding: 'same' }, 'scale'),
    ],
    [kernel, bias],
  ),
  'scaling alone before a convolution that sees beyond the border': fixtureModel(
    [
      input,
      fixtureLayer('Rescaling', 'scale', { scale: 0.25 }, 'in'),
      conv({ padding: 'same' }, 'scale'),
    ],
    [kernel, bias],
  ),
  'rescaling before a depthwise convolution and one before a dense layer': fixtureModel(
    [
      input,
      fixtureLayer('BatchNormalization', 'bn', {}, 'in'),
      fixtureLayer(
        'DepthwiseConv2D',
        'dw',
        { kernel_size: 3, depth_multiplier: 2, use_bias: false, activation: 'relu' },
        'bn',
      ),
      fixtureLayer('GlobalMaxPooling2D', 'max', {}, 'dw'),
      fixtureLayer('Rescaling', 'scale', { scale: 3, offset: 1 }, 'max'),
      fixtureLayer('Dense', 'dense', { units: 3 }, 'scale'),
    ],
    [
      ...batchNorm('bn', 3),
      fixtureTensor('dw/depthwise_kernel', 3, 3, 3, 2),
      fixtureTensor('dense/kernel', 6, 3),
      fixtureTensor('dense/bias', 3),
    ],
  ),
  'batch norm and ReLU6 before a convolution, as in DenseNet, and concatenation': fixtureModel(
    [
      input,
      fixtureLayer('BatchNormalization', 'bn', {}, 'in'),
      fixtureLayer('ReLU', 'relu', { max_value: 6 }, 'bn'),
      conv({ padding: 'same', use_bias: false }, 'relu'),
      fixtureLayer('Concatenate', 'concat', { axis: -1 }, 'in', 'conv'),
      fixtureLayer('BatchNormalization', 'bn2', {}, 'concat'),
    ],
    [kernel, ...batchNorm('bn', 3), ...batchNorm('bn2', 7)],
  ),
  'hard sigmoids of a rescaling and of a convolution, beyond both ends': fixtureModel(
    [
      input,
      fixtureLayer('Rescaling', 'scale', { scale: 4, offset: 1 }, 'in'),
      fixtureLayer('Activation', 'gate', { activation: 'hard_sigmoid' }, 'scale'),
      fixtureLayer('Rescaling', 'again', { scale: 20, offset: -10 }, 'gate'),
      conv({ activation: 'hard_sigmoid' }, 'again'),
    ],
    [kernel, bias],
  ),
  'squeeze and excitation': fixtureModel(
    [
      input,
      fixtureLayer('GlobalAveragePooling2D', 'mean', {}, 'in'),
      fixtureLayer('Reshape', 'shape', { target_shape: [1, 1, 3] }, 'mean'),
      fixtureLayer(
        'Conv2D',
        'gate',
        { filters: 3, kernel_size: 1, activation: 'hard_sigmoid', use_bias: false },
        'shape',
      ),
      fixtureLayer('Multiply', 'product', {}, 'in', 'gate'),
      fixtureLayer(
        'Cropping2D',
        'crop',
        {
          cropping: [
            [1, 2],
            [0, 1],
          ],
        },
        'product',
      ),
      fixtureLayer('UpSampling2D', 'up', { size: [2, 3], interpolation: 'nearest' }, 'crop'),
    ],
    [fixtureTensor('gate/kernel', 1, 1, 3, 3)],
  ),
  'max pooling of single values, global max pooling': fixtureModel(
    [
      input,
      fixtureLayer('MaxPooling2D', 'every-other', { pool_size: 1, strides: 2 }, 'in'),
      fixtureLayer('GlobalMaxPooling2D', 'max', {}, 'every-other'),
    ],
    [],
  ),
  'layers that do nothing when predicting': fixtureModel(
    [
      input,
      fixtureLayer('GaussianNoise', 'noise', { stddev: 1 }, 'in'),
      fixtureLayer('GaussianDropout', 'gaussian', { rate: 0.5 }, 'noise'),
      fixtureLayer('AlphaDropout', 'alpha', { rate: 0.5 }, 'gaussian'),
      conv({}, 'alpha'),
    ],
    [kernel, bias],
  ),
  ...Object.fromEntries(
    ['selu', 'softplus', 'gelu', 'swish', 'hard_sigmoid', 'elu'].map((activation) => [
      `activation ${activation}`,
      fixtureModel([input, activated(activation)], []),
    ]),
  ),
};

function activated(activation: string): FixtureLayer {
  return fixtureLayer('Activation', 'activation', { activation }, 'in');
}
