import { describe, expect, test } from 'vitest';
import type { Architecture } from './architectures/architecture.ts';
import { mobileNetV1 } from './architectures/mobileNetV1.ts';
import { mobileNetV2 } from './architectures/mobileNetV2.ts';
import { vgg } from './architectures/vgg.ts';
import type { LayerKind } from './network.ts';
import { suggestCuts } from './suggestCuts.ts';
import { networkWithoutWeights, weightless } from './weightlessFixture.ts';

const PHOTO = [224, 224, 3];

/** Name, pooling and reason of each suggestion; the default is marked with a star. */
function suggested(architecture: Architecture): string[] {
  const network = networkWithoutWeights(architecture);
  return suggestCuts(network, PHOTO).map(({ cut, reason, isDefault }) => {
    const names = cut.positions.map((position) => network.layers[position]?.name ?? '?');
    return `${names.join('+')} ${cut.pooling} ${reason}${isDefault ? ' *' : ''}`;
  });
}

describe('suggestCuts', () => {
  test('finds the ends of the blocks and the rows of a whole VGG16', () => {
    const options = { origin: 'keras', depth: 16, hasBatchNorm: false } as const;
    expect(suggested(vgg({ ...options, numClasses: 1000 }))).toEqual([
      'block4_pool global-average block-end',
      'block5_pool global-average last-picture',
      'fc1 none row',
      'fc2 none row *',
    ]);
    expect(suggested(vgg({ ...options, numClasses: null }))).toEqual([
      'block4_pool global-average block-end',
      'block5_pool global-average last-picture *',
    ]);
  });

  test('cuts before a block narrows the picture, never inside a sum', () => {
    const ends = [
      'block_13_expand_relu global-average block-end',
      'out_relu global-average last-picture *',
    ];
    for (const numClasses of [null, 1000]) {
      expect(suggested(mobileNetV2({ origin: 'keras', alpha: 0.35, numClasses }))).toEqual(ends);
    }
  });

  test('leaves out a classifier made of a convolution', () => {
    const ends = [
      'conv_pw_11_relu global-average block-end',
      'conv_pw_13_relu global-average last-picture *',
    ];
    for (const numClasses of [null, 1000]) {
      expect(suggested(mobileNetV1({ alpha: 0.25, numClasses }))).toEqual(ends);
    }
  });

  test('leaves out a classifier whose probabilities are put into another shape', () => {
    const convolution = (activation: 'relu' | 'linear'): LayerKind => ({
      kind: 'conv2d',
      strides: [8, 8],
      dilations: [1, 1],
      padding: 'valid',
      activation,
    });
    const network = weightless([
      ['in', { kind: 'input', shape: [64, 64, 3] }, {}],
      ['body', convolution('relu'), { kernel: [8, 8, 3, 4] }],
      ['predictions', convolution('linear'), { kernel: [8, 8, 4, 10] }],
      ['softmax', { kind: 'activation', activation: 'softmax' }, {}],
      ['reshape', { kind: 'reshape', targetShape: [10] }, {}],
    ]);
    expect(suggestCuts(network, [64, 64, 3]).map(({ cut }) => cut)).toEqual([
      { positions: [1], pooling: 'global-average' },
    ]);
  });

  test('takes what there is where nothing is known to transfer', () => {
    const dense = (activation: 'relu' | 'softmax'): LayerKind => ({ kind: 'dense', activation });
    const small = weightless([
      ['in', { kind: 'input', shape: [8, 8, 1] }, {}],
      ['flat', { kind: 'flatten' }, {}],
      ['hidden', dense('relu'), { kernel: [64, 10], bias: [10] }],
      ['out', dense('softmax'), { kernel: [10, 2], bias: [2] }],
    ]);
    const [only, ...others] = suggestCuts(small, [8, 8, 1]);
    expect(only).toEqual({
      cut: { positions: [2], pooling: 'none' },
      reason: 'row',
      isDefault: true,
    });
    expect(others).toEqual([]);
    const flatOnly = suggestCuts({ layers: small.layers.slice(0, 2) }, [8, 8, 1]);
    expect(flatOnly.map(({ cut }) => cut)).toEqual([{ positions: [1], pooling: 'none' }]);
  });
});
