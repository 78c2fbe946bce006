import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  sizes,
  weights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import { loadGraphModel } from '../network/loadGraphModel.ts';
import { describeBody } from './describeBody.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Of a graph with a sine in it, whose last nodes are `op` on a row of four and a change of shape. */
async function ownClassesBehind(op: string) {
  const files = graphModelFixture(
    [
      graphInput('in', 6, 6, 3),
      graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(1, 'SAME')),
      graphNode('Sin', 'sine', ['conv']),
      graphNode('Mean', 'mean', ['sine', 'axes']),
      graphNode(op, 'answer', ['mean']),
      graphNode('Identity', 'identity', ['answer']),
    ],
    [weights('w', [3, 3, 3, 4]), sizes('axes', [1, 2])],
  );
  const graph = loadGraphModel(files);
  if ('network' in graph) throw new Error('The graph was mapped');
  const { layers, ownClasses } = await describeBody(graph, [6, 6, 3]);
  return { ...ownClasses, name: layers[ownClasses?.cut.positions[0] ?? -1]?.name };
}

describe('a graph that runs as it is', () => {
  it('has classes of its own where it ends in a softmax', async () => {
    expect(await ownClassesBehind('Softmax')).toMatchObject({
      name: 'answer',
      cut: { pooling: 'none' },
      numClasses: 4,
      areLogits: false,
    });
  });

  it('has none where its last values may be anything', async () => {
    expect(await ownClassesBehind('Sigmoid')).toEqual({ name: undefined });
  });

  it('is cut before the head that it ends in', async () => {
    const files = graphModelFixture(
      [
        graphInput('in', 6, 6, 3),
        graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(1, 'SAME')),
        graphNode('Sin', 'sine', ['conv']),
        graphNode('Max', 'top', ['sine', 'axes']),
        graphNode('MatMul', 'hidden', ['top', 'hidden/w']),
        graphNode('Relu', 'relu', ['hidden']),
        graphNode('MatMul', 'product', ['relu', 'answer/w']),
        graphNode('Softmax', 'answer', ['product']),
        graphNode('Identity', 'identity', ['answer']),
      ],
      [
        weights('w', [3, 3, 3, 4]),
        sizes('axes', [1, 2]),
        weights('hidden/w', [4, 5]),
        weights('answer/w', [5, 3]),
      ],
    );
    const graph = loadGraphModel(files);
    if ('network' in graph) throw new Error('The graph was mapped');
    const { layers, suggestedCuts } = await describeBody(graph, [6, 6, 3]);
    const names = suggestedCuts.map(({ cut }) => layers[cut.positions[0] ?? -1]?.name);
    expect(names).toEqual(['sine', 'relu']);
    expect(suggestedCuts.map(({ isDefault }) => isDefault)).toEqual([true, false]);
  });
});
