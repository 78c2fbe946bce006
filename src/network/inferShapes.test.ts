import { describe, expect, it } from 'vitest';
import { errorOf } from './errorFixture.ts';
import { inferShapes } from './inferShapes.ts';
import type { LayerShape } from './layerShape.ts';
import type { Layer, LayerKind } from './network.ts';

const layer = (
  settings: LayerKind,
  inputs: readonly number[],
  tensors: Layer['tensors'] = {},
): Layer => ({ ...settings, name: settings.kind, inputs, tensors });

const tensor = (...shape: number[]) => ({ shape, values: new Float32Array(0) });

/** Shape of the last of the layers after one input per shape. */
function shapeAfter(shapes: readonly LayerShape[], ...layers: Layer[]): LayerShape | undefined {
  const inputs = shapes.map((shape) => layer({ kind: 'input', shape }, []));
  return inferShapes({ layers: [...inputs, ...layers] }).at(-1);
}

const upsampling = { kind: 'upsampling2d', size: [2, 3], interpolation: 'nearest' } as const;
const dense = { kind: 'dense', activation: 'linear' } as const;

describe('inferShapes', () => {
  it.each<[string, LayerShape[], Layer, LayerShape]>([
    [
      'gates one number per channel',
      [
        [7, 5, 4],
        [1, 1, 4],
      ],
      layer({ kind: 'multiply' }, [0, 1]),
      [7, 5, 4],
    ],
    [
      'an open size with a known one',
      [
        [null, 5, 4],
        [7, 5, 4],
      ],
      layer({ kind: 'add' }, [0, 1]),
      [7, 5, 4],
    ],
    [
      'channels one after the other',
      [
        [7, null, 4],
        [7, null, 3],
      ],
      layer({ kind: 'concatenate' }, [0, 1, 0]),
      [7, null, 11],
    ],
    [
      'borders cut off',
      [[7, 5, 4]],
      layer({ kind: 'cropping2d', cropping: [1, 2, 0, 1] }, [0]),
      [4, 4, 4],
    ],
    ['enlargement', [[7, null, 4]], layer(upsampling, [0]), [14, null, 4]],
    [
      'a dense layer over pictures',
      [[7, 5, 4]],
      layer(dense, [0], { kernel: tensor(4, 9) }),
      [7, 5, 9],
    ],
    [
      'global max pooling that keeps its dimensions',
      [[null, null, 4]],
      layer({ kind: 'global-max-pooling2d', keepDims: true }, [0]),
      [1, 1, 4],
    ],
  ])('knows %s', (_, shapes, last, expected) => {
    expect(shapeAfter(shapes, last)).toEqual(expected);
  });

  it.each<[string, LayerShape[], Layer]>([
    [
      'inputs that do not fit to be added',
      [
        [7, 5, 4],
        [7, 5, 3],
      ],
      layer({ kind: 'add' }, [0, 1]),
    ],
    ['pictures with rows', [[7, 5, 4], [4]], layer({ kind: 'multiply' }, [0, 1])],
    [
      'pictures of two sizes in a row',
      [
        [7, 5, 4],
        [6, 5, 4],
      ],
      layer({ kind: 'concatenate' }, [0, 1]),
    ],
    [
      'more cut off than there is',
      [[3, 3, 1]],
      layer({ kind: 'cropping2d', cropping: [2, 1, 0, 0] }, [0]),
    ],
    [
      'a rescaling for other channels',
      [[7, 5, 4]],
      layer({ kind: 'rescaling', scale: [1, 2, 3], offset: [0] }, [0]),
    ],
    [
      'a slope for other channels',
      [[7, 5, 4]],
      layer({ kind: 'prelu' }, [0], { alpha: tensor(1, 1, 3) }),
    ],
    [
      'more values than a browser holds',
      [[7, 5, 4]],
      layer({ kind: 'zero-padding2d', padding: [2 ** 20, 2 ** 20, 2 ** 20, 0] }, [0]),
    ],
  ])('refuses %s, naming the layer', (_, shapes, last) => {
    const { code, details } = errorOf(() => shapeAfter(shapes, last));
    expect(code).toBe('base-invalid');
    expect(details).toEqual({ layer: last.name });
  });
});
