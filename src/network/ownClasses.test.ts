import { describe, expect, test } from 'vitest';
import { createRandom } from '../domain/random.ts';
import { DEFAULT_TWO_CONVOLUTIONS } from '../domain/twoConvolutions.ts';
import { mobileNetV1 } from './architectures/mobileNetV1.ts';
import { mobileNetV2 } from './architectures/mobileNetV2.ts';
import { twoConvolutions } from './architectures/twoConvolutions.ts';
import { vgg } from './architectures/vgg.ts';
import type { ActivationKind, LayerKind } from './network.ts';
import { findOwnClasses } from './ownClasses.ts';
import { networkWithoutWeights, weightless } from './weightlessFixture.ts';

const PHOTO = [224, 224, 3];
const dense = (activation: ActivationKind): LayerKind => ({ kind: 'dense', activation });
const softmax: LayerKind = { kind: 'activation', activation: 'softmax' };

interface End {
  readonly kind: LayerKind;
  readonly kernel?: readonly number[];
}
type NamedLayer = Parameters<typeof weightless>[0][number];

/** What a network of 4 × 4 pictures, flattened or not, with these layers at its end has. */
function found(isFlat: boolean, ...end: readonly End[]) {
  const flat: NamedLayer[] = isFlat ? [['flat', { kind: 'flatten' }, {}]] : [];
  const network = weightless([
    ['in', { kind: 'input', shape: [4, 4, 1] }, {}],
    ...flat,
    ...end.map(({ kind, kernel }, index): NamedLayer => [
      `end ${String(index)}`,
      kind,
      kernel === undefined ? {} : { kernel },
    ]),
  ]);
  return findOwnClasses(network, [4, 4, 1]);
}

describe('the classes of a base', () => {
  test.each([
    ['MobileNetV1', (numClasses: number | null) => mobileNetV1({ alpha: 0.25, numClasses })],
    [
      'MobileNetV2',
      (numClasses: number | null) => mobileNetV2({ origin: 'keras', alpha: 0.35, numClasses }),
    ],
    [
      'VGG16',
      (numClasses: number | null) =>
        vgg({ origin: 'keras', depth: 16, hasBatchNorm: false, numClasses }),
    ],
  ])('are those of the classifier of a whole %s, and none without it', (_, architecture) => {
    const whole = findOwnClasses(networkWithoutWeights(architecture(1000)), PHOTO);
    expect(whole).toMatchObject({
      cut: { pooling: 'none' },
      numClasses: 1000,
      areLogits: false,
    });
    expect(findOwnClasses(networkWithoutWeights(architecture(null)), PHOTO)).toBeUndefined();
  });

  test('are those that a base trained here was trained on', () => {
    const network = twoConvolutions(DEFAULT_TWO_CONVOLUTIONS, 5, createRandom(1));
    expect(findOwnClasses(network, [32, 32, 3])).toEqual({
      cut: { positions: [network.layers.length - 1], pooling: 'none' },
      numClasses: 5,
      areLogits: false,
    });
  });

  test('come from a softmax layer of its own, also before a change of shape', () => {
    expect(found(true, { kind: dense('linear'), kernel: [16, 6] }, { kind: softmax })).toEqual({
      cut: { positions: [3], pooling: 'none' },
      numClasses: 6,
      areLogits: false,
    });
    const convolution: LayerKind = {
      kind: 'conv2d',
      strides: [1, 1],
      dilations: [1, 1],
      padding: 'valid',
      activation: 'linear',
    };
    const reshape: LayerKind = { kind: 'reshape', targetShape: [6] };
    expect(
      found(
        false,
        { kind: convolution, kernel: [4, 4, 1, 6] },
        { kind: softmax },
        { kind: reshape },
      ),
    ).toEqual({
      cut: { positions: [2], pooling: 'flatten' },
      numClasses: 6,
      areLogits: false,
    });
  });

  test('are taken from plain values of a dense layer, which is said', () => {
    expect(found(true, { kind: dense('linear'), kernel: [16, 6] })).toMatchObject({
      cut: { positions: [2], pooling: 'none' },
      areLogits: true,
    });
  });

  test('are none where nothing says that values exclude each other', () => {
    expect(found(true, { kind: dense('relu'), kernel: [16, 6] })).toBeUndefined();
    expect(found(true, { kind: dense('sigmoid'), kernel: [16, 6] })).toBeUndefined();
    expect(found(true, { kind: dense('softmax'), kernel: [16, 1] })).toBeUndefined();
    // A softmax for each place of a picture, as segmentation has it.
    expect(found(false, { kind: softmax })).toBeUndefined();
  });
});
