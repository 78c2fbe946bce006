import { createRandom, type Random } from '../domain/random.ts';
import type { TensorRole } from '../domain/tensorRole.ts';
import type { Layer, Network, WeightTensor } from './network.ts';

/** What PReLU begins with in He et al. (2015). */
const PRELU_SLOPE = 0.25;

/**
 * The same architecture, not trained: kernels drawn from normal distributions of variance 2 / fan in
 * (He et al. 2015, "Delving Deep into Rectifiers"), no biases, batch norms that change nothing. What
 * belongs to preprocessing stays. Drawn at each access from `seed` and the layer's position, so that no
 * weights are held that are not asked for.
 */
export function withRandomWeights({ layers }: Network, seed: number): Network {
  return {
    layers: layers.map((layer, position) => {
      if (isPreprocessing(layer)) return layer;
      const tensors: Partial<Record<TensorRole, WeightTensor>> = {};
      for (const [role, tensor] of Object.entries(layer.tensors) as [TensorRole, WeightTensor][]) {
        const { shape } = tensor;
        // One draw decorrelates neighbouring layers, whose seeds lie side by side.
        const draw = () => {
          const layerSeed = createRandom(seed * layers.length + position).next() * 2 ** 32;
          return drawTensor(layer, role, shape, createRandom(Math.floor(layerSeed)));
        };
        tensors[role] = {
          shape,
          isFresh: true,
          get values() {
            return draw();
          },
        };
      }
      return { ...layer, tensors };
    }),
  };
}

/** Keras' normalization, whose mean and variance are the photos' and not learnt by training. */
function isPreprocessing(layer: Layer): boolean {
  return layer.kind === 'batch-norm' && layer.epsilon === 0;
}

function drawTensor(
  { kind }: Layer,
  role: TensorRole,
  shape: readonly number[],
  random: Random,
): Float32Array {
  const size = productOf(shape);
  switch (role) {
    case 'kernel': {
      // Each filter of a depthwise kernel sees one channel; the last axes are inputs and outputs.
      const fanIn = productOf(shape.slice(0, kind === 'depthwise-conv2d' ? -2 : -1));
      return normalValues(size, Math.sqrt(2 / fanIn), random);
    }
    case 'gamma':
    case 'variance':
      return new Float32Array(size).fill(1);
    case 'alpha':
      return new Float32Array(size).fill(PRELU_SLOPE);
    case 'bias':
    case 'beta':
    case 'mean':
      return new Float32Array(size);
  }
}

/** Box and Muller (1958), both values of a pair used. */
function normalValues(size: number, deviation: number, { next }: Random): Float32Array {
  const values = new Float32Array(size);
  for (let index = 0; index < size; index += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    values[index] = radius * Math.cos(angle);
    if (index + 1 < size) values[index + 1] = radius * Math.sin(angle);
  }
  return values;
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
