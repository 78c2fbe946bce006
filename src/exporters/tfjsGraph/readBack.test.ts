import { beforeAll, describe, expect, it } from 'vitest';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { figureInput, loadFigure, readFigures } from '../../engine/kerasFiguresFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { loadGraphModel } from '../../network/loadGraphModel.ts';
import { fileBytes, fileText } from '../exportFixture.ts';
import { layersGraphFiles } from './layersGraph.ts';

beforeAll(() => useTestBackend('cpu'));

/** Put together from operations that no layer stands for alone. */
const NOT_READ = ['activation gelu', 'PReLU', 'PReLU, one per row'];

describe('every kind of layer as a graph', () => {
  const figures = [...readFigures('keras2'), ...readFigures('keras3')];

  it.each(figures)('is read back as layers that answer like Keras: $name', async (figure) => {
    const files = layersGraphFiles(loadFigure(figure), figure.inputShape);
    const opened = loadGraphModel({
      modelJson: fileText(files, 'model.json'),
      weights: bytesInMemory('weights.bin', fileBytes(files, 'weights.bin')),
    });
    expect('network' in opened).toBe(!NOT_READ.includes(figure.name));
    if (!('network' in opened)) return;
    const plan = createPlan(opened.network, figure.inputShape);
    const answer = await plan.run(figureInput(figure), 2);
    plan.dispose();
    expect(relativeDistance(answer, figure.output)).toBeLessThan(2e-5);
  });
});
