import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { figureInput, loadFigure, readFigures } from '../../engine/kerasFiguresFixture.ts';
import { predictWithLayers } from '../../engine/layersModelFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { randomNetwork } from '../../engine/randomNetworkFixture.ts';
import { SMALL_NETWORKS } from '../../engine/smallNetworksFixture.ts';
import { modelArtifacts } from '../../checks/modelArtifacts.ts';
import { fixtureTensor } from '../../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import { layersGraphFiles } from './layersGraph.ts';

const FIGURES = [...readFigures('keras2'), ...readFigures('keras3')];
const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);

const pictures = (height: number, width: number) =>
  Float32Array.from(fixtureTensor('batch', 2, height, width, 3).values, (value) => value * 4);

/** What TF.js' own runner of graphs answers for a batch of two. */
function answerOfGraph(network: Network, shape: readonly number[], batch: Float32Array) {
  const { modelTopology, weightSpecs, weightData, ...rest } = modelArtifacts(
    layersGraphFiles(network, shape),
  );
  const model = loadGraphModelSync({
    modelTopology,
    weightSpecs,
    weightData,
    ...rest,
  } as tf.io.ModelArtifacts);
  const answer = tf.tidy(() =>
    (model.predict(tf.tensor(batch, [2, ...shape])) as tf.Tensor).dataSync<'float32'>(),
  );
  model.dispose();
  return answer;
}

describe.each(TEST_BACKENDS)('a graph model in TF.js’ runner of graphs, on %s,', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(FIGURES)('answers like Keras: $name', (figure) => {
    const answer = answerOfGraph(loadFigure(figure), figure.inputShape, figureInput(figure));
    expect(answer).toHaveLength(figure.output.length);
    expect(relativeDistance(answer, figure.output)).toBeLessThan(2e-5);
  });

  it.each(Object.entries(SMALL_NETWORKS))('answers as the app does: %s', async (_, files) => {
    const network = loadTfjsLayers(files);
    const batch = pictures(7, 6);
    const plan = createPlan(network, [7, 6, 3]);
    const expected = await plan.run(batch, 2);
    plan.dispose();
    const answer = answerOfGraph(network, [7, 6, 3], batch);
    expect(answer).toHaveLength(expected.length);
    expect(relativeDistance(answer, expected)).toBeLessThan(2e-5);
  });
});

describe('a graph model', () => {
  beforeAll(() => useTestBackend('cpu'));

  it.each(SEEDS)('answers like the layers of random network %i', async (seed) => {
    const files = randomNetwork(seed);
    const batch = pictures(8, 8);
    const expected = await predictWithLayers(files, batch, [2, 8, 8, 3]);
    const answer = answerOfGraph(loadTfjsLayers(files), [8, 8, 3], batch);
    expect(relativeDistance(answer, expected)).toBeLessThan(1e-4);
  });
});
