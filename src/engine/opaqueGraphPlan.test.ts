import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CutPooling } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import { pooledNetwork } from '../network/compose.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  sizes,
  weights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import { loadGraphModel } from '../network/loadGraphModel.ts';
import type { Network } from '../network/network.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { relativeDistance } from './goldenFixture.ts';
import { createOpaquePlan } from './opaqueGraphPlan.ts';

const SHAPE = [6, 6, 3];
const files = graphModelFixture(
  [
    graphInput('in', ...SHAPE),
    graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(1, 'SAME')),
    graphNode('Sin', 'sine', ['conv']),
    graphNode('Cumsum', 'sums', ['sine', 'axis']),
    graphNode('Sum', 'total', ['sums', 'axes']),
  ],
  [weights('w', [3, 3, 3, 4]), sizes('axis', [1], []), sizes('axes', [0, 1, 2])],
);
const batch = Float32Array.from({ length: 2 * 108 }, (_, i) => ((i * 37) % 101) / 101 - 0.3);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function opaque(modelJson = files.modelJson): OpaqueGraph {
  const opened = loadGraphModel({ ...files, modelJson });
  if ('network' in opened) throw new Error('The graph was mapped');
  return opened;
}

const pooledBy = (pooling: CutPooling) => (output: Network) =>
  pooledNetwork(output, { positions: [0], pooling });

/** [2, 4] averages over height and width of what the converter gives at the node. */
function expectedAverages(node: string): Float32Array {
  const data = files.weights.read(0, files.weights.size).slice().buffer;
  const model = loadGraphModelSync([JSON.parse(files.modelJson) as tf.io.ModelJSON, data]);
  return tf.tidy(() => {
    const output = model.execute(tf.tensor(batch, [2, ...SHAPE]), node) as tf.Tensor;
    return tf.mean(output, [1, 2]).dataSync<'float32'>();
  });
}

describe('createOpaquePlan', () => {
  it.each(['conv', 'sums'])('gives the pooled output of the node %s', async (nodeName) => {
    const tail = pooledBy('global-average');
    const plan = await createOpaquePlan({ graph: opaque(), nodeName, inputShape: SHAPE, tail });
    expect([plan.inputSize, plan.outputSize]).toEqual([108, 4]);
    const numTensors = tf.memory().numTensors;
    const activations = await plan.run(batch, 2);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(relativeDistance(activations, expectedAverages(nodeName))).toBeLessThan(1e-6);
    plan.dispose();
  });

  it('runs a graph for single pictures picture by picture', async () => {
    const modelJson = files.modelJson.replace('{"size":"-1"}', '{"size":"1"}');
    expect(modelJson).not.toBe(files.modelJson);
    const tail = pooledBy('global-average');
    const parts = { graph: opaque(modelJson), nodeName: 'sums', inputShape: SHAPE, tail };
    const plan = await createOpaquePlan(parts);
    const activations = await plan.run(batch, 2);
    expect(relativeDistance(activations, expectedAverages('sums'))).toBeLessThan(1e-6);
    plan.dispose();
  });

  it('frees everything', async () => {
    const before = tf.memory().numTensors;
    const tail = pooledBy('flatten');
    const parts = { graph: opaque(), nodeName: 'sums', inputShape: SHAPE, tail };
    (await createOpaquePlan(parts)).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['a node without one output a photo', 'total', 'does not give one output a photo'],
    ['a node that is not there', 'nowhere', 'cannot be computed'],
  ])('refuses %s', async (_, nodeName, message) => {
    const tail = pooledBy('none');
    const parts = { graph: opaque(), nodeName, inputShape: SHAPE, tail };
    const thrown: unknown = await createOpaquePlan(parts).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(GraftError);
    expect(thrown).toMatchObject({ code: 'base-invalid', details: { layer: nodeName } });
    expect((thrown as GraftError).message).toContain(message);
  });
});
