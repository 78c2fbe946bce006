import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureFiles } from '../network/kerasModelFixture.ts';
import { inferShapes } from '../network/inferShapes.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { TEST_BACKENDS, useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

/** What Keras answered, as `tools/layer-figures/make_figures.py` writes it. */
interface Figure {
  readonly name: string;
  readonly topology: unknown;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** For two pictures. */
  readonly output: readonly number[];
}

/** The values of `figure_values` in that file. */
function figureValues(name: string, size: number): number[] {
  const shift = name.endsWith('variance') ? 0.5 : -0.5;
  return Array.from({ length: size }, (_, i) =>
    Math.fround((((i + name.length) * 7919) % 997) / 997 + shift),
  );
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function loadFigure({ topology, tensors }: Figure) {
  const filled = tensors.map(({ name, shape }) => ({
    name,
    shape,
    values: figureValues(name, sizeOf(shape)),
  }));
  return loadTfjsLayers(fixtureFiles(topology, filled));
}

describe.each(TEST_BACKENDS)('on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  describe.each(['keras2', 'keras3'])('answers like %s', (keras) => {
    const text = readFileSync(`src/engine/figures/${keras}.json`, 'utf8');
    const figures = JSON.parse(text) as readonly Figure[];

    it.each(figures)('$name', async (figure) => {
      const network = loadFigure(figure);
      expect(inferShapes(network).at(-1)).toEqual(figure.outputShape);
      const plan = createPlan(network, figure.inputShape);
      const input = figureValues('input', 2 * plan.inputSize).map((value) => value * 8);
      const output = await plan.run(Float32Array.from(input), 2);
      plan.dispose();
      expect(output).toHaveLength(figure.output.length);
      expect(relativeDistance(output, figure.output)).toBeLessThan(2e-5);
    });
  });
});
