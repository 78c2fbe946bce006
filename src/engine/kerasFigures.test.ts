import { beforeAll, describe, expect, it } from 'vitest';
import { inferShapes } from '../network/inferShapes.ts';
import { TEST_BACKENDS, useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { figureInput, loadFigure, readFigures } from './kerasFiguresFixture.ts';
import { createPlan } from './plan.ts';

describe.each(TEST_BACKENDS)('on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  describe.each(['keras2', 'keras3'] as const)('answers like %s', (keras) => {
    it.each(readFigures(keras))('$name', async (figure) => {
      const network = loadFigure(figure);
      expect(inferShapes(network).at(-1)).toEqual(figure.outputShape);
      const plan = createPlan(network, figure.inputShape);
      const output = await plan.run(figureInput(figure), 2);
      plan.dispose();
      expect(output).toHaveLength(figure.output.length);
      expect(relativeDistance(output, figure.output)).toBeLessThan(2e-5);
    });
  });
});
