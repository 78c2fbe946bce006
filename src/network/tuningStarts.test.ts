import { describe, expect, it } from 'vitest';
import type { Cut } from '../domain/cut.ts';
import { defaultStart, tuningStarts } from '../domain/tuningStarts.ts';
import type { Architecture } from './architectures/architecture.ts';
import { mobileNetV1 } from './architectures/mobileNetV1.ts';
import { mobileNetV2 } from './architectures/mobileNetV2.ts';
import { vgg } from './architectures/vgg.ts';
import { summarise } from './summary.ts';
import { networkWithoutWeights } from './weightlessFixture.ts';

function startsOf(architecture: Architecture, cutLayer: string, pooling: Cut['pooling']) {
  const layers = summarise(networkWithoutWeights(architecture), [224, 224, 3]);
  const position = layers.findIndex(({ name }) => name === cutLayer);
  const starts = tuningStarts(layers, { positions: [position], pooling });
  const shown = starts.map((each) => [
    each.start.layer,
    each.numWeighted,
    each.activationSize,
    each.numParameters,
    each.numNormParameters,
  ]);
  return { shown, first: defaultStart(starts)?.start.layer };
}

const V2 = mobileNetV2({ origin: 'keras', alpha: 0.35, numClasses: null });
const V1 = mobileNetV1({ alpha: 0.25, numClasses: null });
const VGG = vgg({ origin: 'keras', depth: 16, numClasses: 1000, hasBatchNorm: false });

describe('tuningStarts', () => {
  it('finds the ends of the blocks of a MobileNetV2, and begins with its last block', () => {
    const { shown, first } = startsOf(V2, 'out_relu', 'global-average');
    expect(shown).toEqual([
      ['block_16_project_BN', 1, 5488, 143360, 2560],
      ['block_15_add', 4, 2744, 202832, 4128],
      ['block_14_add', 7, 2744, 243488, 5584],
      ['block_13_project_BN', 10, 2744, 284144, 7040],
      ['block_6_project_BN', 31, 4704, 364784, 12096],
      ['block_3_project_BN', 40, 12544, 377360, 13360],
    ]);
    expect(first).toBe('block_15_add');
  });

  it('leaves out what costs more for less: the wide layers of a MobileNetV1', () => {
    const { shown, first } = startsOf(V1, 'conv_pw_13_relu', 'global-average');
    expect(shown.map(([name]) => name)).toContain('conv_dw_12_relu');
    expect(first).toBe('conv_dw_12_relu');
  });

  it('begins with the last layer of a VGG, whose others are too many for a browser', () => {
    const { shown, first } = startsOf(VGG, 'fc2', 'none');
    expect(shown.slice(0, 2)).toEqual([
      ['fc1', 1, 4096, 16781312, 0],
      ['flatten', 2, 25088, 119545856, 0],
    ]);
    expect(first).toBe('fc1');
  });

  it('finds none above the first layer with a kernel', () => {
    expect(startsOf(V2, 'Conv1', 'global-average')).toEqual({ shown: [], first: undefined });
  });
});
