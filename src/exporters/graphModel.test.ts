import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { CUT_POOLINGS, type CutPooling } from '../domain/cut.ts';
import { createCutPlan } from '../engine/cutPlan.ts';
import { classifierNetwork } from '../network/compose.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  sizes,
  weights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import { loadGraphModel } from '../network/loadGraphModel.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { fileBytes, fileText, formulaDeepHead, formulaHead } from './exportFixture.ts';
import { graphModelFiles } from './graphModel.ts';

const SHAPE = [6, 6, 3];
/** Nodes of the graph without its constants: the picture, the row. */
const SUMS = 2;
const ROW = 3;
const files = graphModelFixture(
  [
    graphInput('in', ...SHAPE),
    graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(1, 'SAME')),
    graphNode('Sin', 'sine', ['conv', '^classifier/unused']),
    graphNode('Cumsum', 'sums', ['sine', 'axis']),
    graphNode('Mean', 'row', ['sums', 'axes']),
    graphNode('NoOp', 'classifier/unused', []),
    graphNode('Softmax', 'answer', ['row', '^classifier/unused']),
  ],
  [weights('w', [3, 3, 3, 4]), sizes('axis', [1], []), sizes('axes', [1, 2])],
);
const batch = Float32Array.from({ length: 2 * 108 }, (_, i) => ((i * 37) % 101) / 101 - 0.3);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function opaque(): OpaqueGraph {
  const opened = loadGraphModel(files);
  if ('network' in opened) throw new Error('The graph was mapped');
  return opened;
}

function activationSize(pooling: CutPooling): number {
  if (pooling === 'flatten') return 6 * 6 * 4;
  return pooling === 'average-and-spread' ? 8 : 4;
}

describe('graphModelFiles', () => {
  it.each([
    ...CUT_POOLINGS.map((pooling) => [pooling, formulaHead] as const),
    ['global-max', formulaDeepHead] as const,
  ])(
    'gives TF.js’ converter a model that answers as the app does (%s, %o)',
    async (pooling, headOf) => {
      const graph = opaque();
      const position = pooling === 'none' ? ROW : SUMS;
      const head = headOf(activationSize(pooling), 3);
      const cutNode = graph.nodes[position]?.name ?? '';
      const exported = graphModelFiles({ graph, cutNode, pooling, head });
      const plan = await createCutPlan(
        graph,
        { positions: [position], pooling },
        SHAPE,
        (network, cut) => classifierNetwork({ network, cut, head }),
      );
      const expected = await plan.run(batch, 2);

      const { modelTopology, weightsManifest, signature } = JSON.parse(
        fileText(exported, 'model.json'),
      ) as {
        modelTopology: object;
        weightsManifest: [{ weights: tf.io.WeightsManifestEntry[] }];
        signature: object;
      };
      const model = loadGraphModelSync({
        modelTopology,
        signature,
        weightSpecs: weightsManifest[0].weights,
        weightData: fileBytes(exported, 'weights.bin').buffer,
      });
      const answer = model.predict(tf.tensor(batch, [2, ...SHAPE])) as tf.Tensor;
      expect(answer.shape).toEqual([2, 3]);
      const difference = answer
        .dataSync()
        .map((value, i) => Math.abs(value - (expected[i] ?? NaN)));
      expect(Math.max(...difference)).toBeLessThan(1e-6);
    },
  );

  it('leaves out what is behind the cut', () => {
    const [model] = graphModelFiles({
      graph: opaque(),
      cutNode: 'conv',
      pooling: 'global-average',
      head: formulaHead(4, 2),
    });
    const text = new TextDecoder().decode(model?.bytes);
    expect(text).not.toContain('"answer"');
    expect(text).not.toContain('"axes"');
  });
});
