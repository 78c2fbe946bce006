import type { HeadWeights } from '../domain/head.ts';
import { HIDDEN_ACTIVATIONS } from '../domain/hiddenActivation.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { fileNamed, type ExportedFile } from './exportedFile.ts';

/** Of a batch norm, such that ReLU6 behind it lets some values through, cuts some off, and stops some. */
function normTensors(layer: string, size: number) {
  const tensor = (role: string, valueAt: (channel: number) => number) => ({
    name: `${layer}/${role}`,
    shape: [size],
    values: Array.from({ length: size }, (_, channel) => valueAt(channel)),
  });
  return [
    tensor('gamma', (channel) => (channel % 2 === 0 ? 3 : -2) / (channel + 1)),
    tensor('beta', (channel) => 2 - channel / 2),
    tensor('moving_mean', (channel) => channel / 8),
    tensor('moving_variance', (channel) => 0.5 + channel / size),
  ];
}

/** A small network with a branch, in which every kind of layer that a base may have comes once. */
export function everyKindNetwork(): Network {
  const convolution = { strides: [2, 2], padding: 'same', activation: 'relu', use_bias: true };
  const depthwise = { kernel_size: [3, 3], padding: 'valid', use_bias: false };
  const files = fixtureModel(
    [
      fixtureInput('image', 12, 12, 3),
      fixtureLayer(
        'ZeroPadding2D',
        'pad',
        {
          padding: [
            [0, 1],
            [1, 0],
          ],
        },
        'image',
      ),
      fixtureLayer('Conv2D', 'conv', { filters: 6, kernel_size: [3, 3], ...convolution }, 'pad'),
      fixtureLayer('BatchNormalization', 'norm', { epsilon: 0.001 }, 'conv'),
      fixtureLayer('ReLU', 'relu6', { max_value: 6 }, 'norm'),
      fixtureLayer('DepthwiseConv2D', 'depthwise', depthwise, 'relu6'),
      fixtureLayer('Activation', 'tanh', { activation: 'tanh' }, 'depthwise'),
      fixtureLayer(
        'MaxPooling2D',
        'max',
        { pool_size: [2, 2], strides: [1, 1], padding: 'same' },
        'tanh',
      ),
      fixtureLayer(
        'AveragePooling2D',
        'average',
        { pool_size: [2, 2], strides: [1, 1], padding: 'same' },
        'tanh',
      ),
      fixtureLayer('Add', 'add', {}, 'max', 'average'),
      fixtureLayer('Dropout', 'dropout', { rate: 0.5 }, 'add'),
      fixtureLayer(
        'Conv2D',
        'point',
        { filters: 5, kernel_size: [1, 1], use_bias: false },
        'dropout',
      ),
    ],
    [
      fixtureTensor('conv/kernel', 3, 3, 3, 6),
      fixtureTensor('conv/bias', 6),
      ...normTensors('norm', 6),
      fixtureTensor('depthwise/depthwise_kernel', 3, 3, 6, 1),
      fixtureTensor('point/kernel', 1, 1, 6, 5),
    ],
  );
  return loadTfjsLayers(files);
}

export const SMALL_SPEC: PreprocessingSpec = {
  version: 1,
  inputHeight: 12,
  inputWidth: 12,
  framing: 'centre-square',
  channelOrder: 'rgb',
  scale: [1 / 127.5],
  offset: [-1],
};

/** Weights large enough for the classes to differ clearly. */
export function formulaHead(activationSize: number, numClasses: number): HeadWeights {
  return {
    kernel: Float32Array.from({ length: activationSize * numClasses }, (_, i) => Math.sin(3 * i)),
    bias: Float32Array.from({ length: numClasses }, (_, i) => Math.cos(i) / 4),
  };
}

/** As `formulaHead`, behind a hidden layer of each activation. */
export function formulaDeepHead(activationSize: number, numClasses: number): HeadWeights {
  const sizes = [activationSize, 6, 5, 4, 3];
  const hidden = HIDDEN_ACTIVATIONS.map((activation, i) => ({
    ...formulaHead(sizes[i] ?? 0, sizes[i + 1] ?? 0),
    activation,
  }));
  return { hidden, ...formulaHead(3, numClasses) };
}

/** 8-bit RGB of a picture that a formula makes. */
export function formulaPixels(height: number, width: number): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: height * width * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return (37 * y + 17 * x + 91 * c + y * x) % 256;
  });
}

export function fileText(files: readonly ExportedFile[], path: string): string {
  return new TextDecoder().decode(fileBytes(files, path));
}

export function fileBytes(files: readonly ExportedFile[], path: string): Uint8Array<ArrayBuffer> {
  return fileNamed(files, path).bytes;
}
