import { PIXEL_RANGES } from '../../domain/pixelRanges.ts';
import type { Architecture, Origin } from './architecture.ts';
import { LayerChain } from './layerChain.ts';

export interface VggOptions {
  readonly origin: Origin;
  readonly depth: VggDepth;
  /** Size of the output; `null` for a file without the fully connected layers. */
  readonly numClasses: number | null;
  /** A batch norm after every convolution, as torchvision's `_bn` variants have. */
  readonly hasBatchNorm: boolean;
}

/** Convolutions per block, by the number of layers with weights. */
const CONVOLUTIONS = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
} as const;

export type VggDepth = keyof typeof CONVOLUTIONS;

export const VGG_DEPTHS: readonly VggDepth[] = [11, 13, 16, 19];

const FILTERS = [64, 128, 256, 512, 512];
const INPUT_SIZE = 224;

/**
 * VGG (Simonyan and Zisserman, 2014), with the layer names of keras-applications. A stride of 1 pads
 * alike in TensorFlow and PyTorch; the order of `fc1`'s inputs is the file's own affair.
 */
export function vgg({ origin, depth, numClasses, hasBatchNorm }: VggOptions): Architecture {
  const chain = new LayerChain('input_1', [INPUT_SIZE, INPUT_SIZE, 3]);
  for (const [block, count] of CONVOLUTIONS[depth].entries()) {
    const prefix = `block${block + 1}`;
    for (let i = 1; i <= count; i++) {
      addConvolution(chain, `${prefix}_conv${i}`, FILTERS[block] ?? 0, hasBatchNorm);
    }
    const pooling = { poolSize: [2, 2], strides: [2, 2], padding: 'valid' } as const;
    chain.plain(`${prefix}_pool`, { kind: 'max-pooling2d', ...pooling });
  }
  if (numClasses !== null) {
    const size = INPUT_SIZE / 2 ** FILTERS.length;
    chain.flatten('flatten', size, size).dense('fc1', 4096, 'relu').dense('fc2', 4096, 'relu');
    chain.dense('predictions', numClasses, 'softmax');
  }
  return {
    name: `VGG${depth}`,
    layers: chain.layers,
    pixelRange:
      origin === 'keras' ? PIXEL_RANGES['bgr-minus-means'] : PIXEL_RANGES['imagenet-standardised'],
  };
}

function addConvolution(
  chain: LayerChain,
  name: string,
  filters: number,
  hasBatchNorm: boolean,
): void {
  const options = { kernelSize: 3, hasBias: true };
  if (!hasBatchNorm) {
    chain.convolution(name, filters, { ...options, activation: 'relu' });
    return;
  }
  // Only PyTorch's files have them, with its epsilon.
  chain.convolution(name, filters, options).batchNorm(`${name}_bn`, 1e-5);
  chain.plain(`${name}_relu`, { kind: 'activation', activation: 'relu' });
}
