import { describe, expect, it } from 'vitest';
import type { Cut, CutPooling } from '../domain/cut.ts';
import { classifierNetwork, cutNetwork, pooledNetwork } from './compose.ts';
import { inferShapes } from './inferShapes.ts';
import { fixtureInput, fixtureLayer, fixtureModel } from './kerasModelFixture.ts';
import { loadTfjsLayers } from './loadTfjsLayers.ts';

const relu = (name: string, input: string) =>
  fixtureLayer('Activation', name, { activation: 'relu' }, input);

/** in → a → c; in → b; sum = b + c; `probabilities` is a name that the head would like to have. */
const network = loadTfjsLayers(
  fixtureModel(
    [
      fixtureInput('in', 4, 4, 3),
      relu('a', 'in'),
      relu('b', 'in'),
      relu('c', 'a'),
      fixtureLayer('Add', 'sum', {}, 'b', 'c'),
      fixtureLayer('Add', 'probabilities', {}, 'sum', 'c'),
      fixtureLayer('Flatten', 'flat', {}, 'probabilities'),
    ],
    [],
  ),
);
const positionOf = (name: string) => network.layers.findIndex((layer) => layer.name === name);

const averaged = (name: string) =>
  ({ positions: [positionOf(name)], pooling: 'global-average' }) as const;

describe('cutNetwork', () => {
  it('keeps what the cut depends on, in canonical order', () => {
    const cut = cutNetwork(network, positionOf('c'));
    expect(cut.layers.map(({ name, inputs }) => [name, inputs])).toEqual([
      ['in', []],
      ['a', [0]],
      ['c', [1]],
    ]);
  });

  it('refuses a position that is not there', () => {
    expect(() => cutNetwork(network, 99)).toThrow('no layer at position 99');
  });
});

describe('classifierNetwork', () => {
  const head = { kernel: new Float32Array(6), bias: new Float32Array(2) };

  it('ends with pooling and a softmax head under names of their own', () => {
    const cut = averaged('probabilities');
    const classifier = classifierNetwork({ network, cut, head });
    expect(classifier.layers.slice(-2).map(({ name }) => name)).toEqual([
      'pooling',
      'probabilities_1',
    ]);
    expect(inferShapes(classifier).at(-1)).toEqual([2]);
  });

  it('refuses a head of another size and a cut without height and width', () => {
    const wrong = { kernel: new Float32Array(8), bias: new Float32Array(2) };
    const cut = averaged('sum');
    expect(() => classifierNetwork({ network, cut, head: wrong })).toThrow(
      'for 4 values but gets 3',
    );
    expect(() => inferShapes(pooledNetwork(network, averaged('flat')))).toThrow(
      'height, width and channels',
    );
  });
});

describe('pooledNetwork', () => {
  const sizeOf = (cut: Cut) => inferShapes(pooledNetwork(network, cut)).at(-1);
  const positions = [positionOf('b'), positionOf('c')];

  it.each<[CutPooling, number]>([
    ['global-average', 3],
    ['global-max', 3],
    ['average-and-spread', 6],
    ['flatten', 48],
  ])(
    'gives rows of the size of %s, and puts those of several layers one after the other',
    (pooling, size) => {
      expect(sizeOf({ positions: positions.slice(0, 1), pooling })).toEqual([size]);
      expect(sizeOf({ positions, pooling })).toEqual([2 * size]);
    },
  );

  it('leaves a layer that gives a row as it is', () => {
    expect(sizeOf({ positions: [positionOf('flat')], pooling: 'none' })).toEqual([48]);
  });
});
