import { describe, expect, it } from 'vitest';
import { attachTensors } from '../attachTensors.ts';
import { NetworkBuilder } from '../networkBuilder.ts';
import type { Layer, Network } from '../network.ts';
import { PIXEL_RANGES } from '../../domain/pixelRanges.ts';
import type { Architecture } from './architecture.ts';
import { mobileNetV1 } from './mobileNetV1.ts';
import { mobileNetV2 } from './mobileNetV2.ts';
import { recogniseNetwork } from './recogniseNetwork.ts';
import { vgg } from './vgg.ts';

/** With tensors of the right shapes and no values, which nobody asks for here. */
function networkOf({ layers }: Architecture): Network {
  const values = new Float32Array();
  return attachTensors(layers, (_, { shape }) => ({ shape: shape.map((n) => n ?? 0), values }));
}

function renamed({ layers }: Network, from: string, to: string): Network {
  return { layers: layers.map((layer) => (layer.name === from ? { ...layer, name: to } : layer)) };
}

const small = networkOf(mobileNetV2({ origin: 'keras', alpha: 0.35, numClasses: 1000 }));
const vgg16 = (numClasses: number | null) =>
  networkOf(vgg({ origin: 'keras', depth: 16, numClasses, hasBatchNorm: false }));

describe('a whole model built on keras-applications', () => {
  it.each([
    ['MobileNetV2 0.35', small, PIXEL_RANGES['signed-unit']],
    [
      'MobileNet 0.5',
      networkOf(mobileNetV1({ alpha: 0.5, numClasses: null })),
      PIXEL_RANGES['signed-unit'],
    ],
    ['VGG16', vgg16(1000), PIXEL_RANGES['bgr-minus-means']],
    ['VGG16', vgg16(null), PIXEL_RANGES['bgr-minus-means']],
  ])('is %s, with its pixel range', (name, network, pixelRange) => {
    expect(recogniseNetwork(network)).toMatchObject({ name, pixelRange });
  });

  it('is known with a top or more layers of somebody’s own', () => {
    expect(recogniseNetwork(renamed(small, 'predictions', 'flowers'))?.name).toBe(
      'MobileNetV2 0.35',
    );
    const builder = new NetworkBuilder(vgg16(null));
    const tensors = { kernel: { shape: [3, 3, 512, 9], values: new Float32Array() } };
    const settings = { strides: [1, 1], dilations: [1, 1], padding: 'same' } as const;
    builder.add({ kind: 'conv2d', ...settings, activation: 'relu' }, 'own', [18], tensors);
    expect(recogniseNetwork({ layers: builder.layers })?.name).toBe('VGG16');
  });

  it('is not what has the shapes under other names, or other pixels before it', () => {
    expect(recogniseNetwork(renamed(small, 'block_3_expand', 'own'))).toBeNull();
    const [input, ...others] = small.layers;
    if (input === undefined) throw new Error('No input');
    const rescaling = { kind: 'rescaling', scale: [2], offset: [0], tensors: {} } as const;
    const layers: Layer[] = [
      input,
      { ...rescaling, name: 'rescaled', inputs: [0] },
      ...others.map((layer) => ({ ...layer, inputs: layer.inputs.map((each) => each + 1) })),
    ];
    expect(recogniseNetwork({ layers })).toBeNull();
  });
});
