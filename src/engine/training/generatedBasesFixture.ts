import { createRandom } from '../../domain/random.ts';
import { LayerChain } from '../../network/architectures/layerChain.ts';
import { randomRows, type TrainingCase } from './trainingFixture.ts';
import type { Layer, Network, TensorRole, WeightTensor } from '../../network/network.ts';

/** The last block of a MobileNetV2 and what follows, small: [6, 6, 8] in, probabilities of 3 classes out. */
export function invertedResidual(): Network {
  const relu6 = { kind: 'activation', activation: 'relu6' } as const;
  const chain = new LayerChain('input', [6, 6, 8]);
  chain.convolution('expand', 24, { kernelSize: 1 }).batchNorm('expand_BN', 1e-3);
  chain.plain('expand_relu', relu6);
  chain.depthwise('depthwise', { kernelSize: 3 }).batchNorm('depthwise_BN', 1e-3);
  chain.plain('depthwise_relu', relu6);
  chain.convolution('project', 8, { kernelSize: 1 }).batchNorm('project_BN', 1e-3).add('add', 0);
  chain.convolution('last', 16, { kernelSize: 1 }).batchNorm('last_BN', 1e-3);
  chain.plain('out_relu', relu6);
  chain.plain('pooling', { kind: 'global-average-pooling2d', keepDims: false });
  return withRandomWeights(chain.dense('probabilities', 3, 'softmax'));
}

/** Two blocks of a VGG and its fully connected layers, small: [10, 10, 3] in, 3 probabilities out. */
function smallVgg(): Network {
  const relu = { kernelSize: 3, hasBias: true, activation: 'relu' } as const;
  const pooling = { poolSize: [2, 2], strides: [2, 2], padding: 'valid' } as const;
  const chain = new LayerChain('input', [10, 10, 3]);
  chain.convolution('block1_conv1', 8, relu).convolution('block1_conv2', 8, relu);
  chain.plain('block1_pool', { kind: 'max-pooling2d', ...pooling });
  chain.convolution('block2_conv1', 12, relu).convolution('block2_conv2', 12, relu);
  chain.plain('block2_pool', { kind: 'max-pooling2d', ...pooling }).flatten('flatten', 2, 2);
  chain.dense('fc1', 20, 'relu').plain('dropout', { kind: 'dropout' });
  return withRandomWeights(chain.dense('probabilities', 3, 'softmax'));
}

/** Normal weights of He et al. (2015), and batch norms that do something. */
export function withRandomWeights({ layers }: LayerChain): Network {
  const { next } = createRandom(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const draw = (role: TensorRole, shape: readonly number[]): WeightTensor => {
    const numInputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const isDepthwise = shape.length === 4 && shape[3] === 1;
    const deviation = Math.sqrt(2 / (isDepthwise ? 9 : numInputs));
    const value = {
      kernel: () => deviation * normal(),
      gamma: () => 0.5 + next(),
      variance: () => 0.5 + next(),
    }[role as string];
    const length = shape.reduce((product, size) => product * size, 1);
    return { shape, values: Float32Array.from({ length }, value ?? (() => 0.2 * normal())) };
  };
  return {
    layers: layers.map(({ name, inputs, settings, variables }): Layer => {
      const tensors = variables.flatMap(({ role, shape }) =>
        role === null
          ? []
          : [
              [
                role,
                draw(
                  role,
                  shape.map((size) => size ?? 1),
                ),
              ] as const,
            ],
      );
      return { ...settings, name, inputs, tensors: Object.fromEntries(tensors) };
    }),
  };
}

export function positionOf({ layers }: Network, name: string): number {
  return layers.findIndex((layer) => layer.name === name);
}

/** All of the inverted residual block and what follows. */
export function residualCase(batchNorm: 'frozen' | 'trained'): TrainingCase {
  const options = { inputShape: [6, 6, 8], batchNorm, dropoutRate: 0 } as const;
  const activations = randomRows(6, 6 * 6 * 8);
  return { network: invertedResidual(), positions: [0], options, activations };
}

/** The second block of the small VGG and its fully connected layers. */
export function vggCase(): TrainingCase {
  const network = smallVgg();
  const positions = [positionOf(network, 'block1_pool')];
  const options = { inputShape: [10, 10, 3], batchNorm: 'frozen', dropoutRate: 0 } as const;
  return { network, positions, options, activations: randomRows(6, 5 * 5 * 8) };
}
