import { readFileSync } from 'node:fs';
import { fixtureFiles } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';

/** What Keras answered, as `tools/layer-figures/make_figures.py` writes it. */
export interface Figure {
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

/** The network of which Keras was asked, as a TF.js layers model. */
export function figureFiles({ topology, tensors }: Figure) {
  const filled = tensors.map(({ name, shape }) => ({
    name,
    shape,
    values: figureValues(name, sizeOf(shape)),
  }));
  return fixtureFiles(topology, filled);
}

export function loadFigure(figure: Figure): Network {
  return loadTfjsLayers(figureFiles(figure));
}

/** The two pictures that Keras was shown. */
export function figureInput({ inputShape }: Figure): Float32Array {
  return Float32Array.from(figureValues('input', 2 * sizeOf(inputShape)), (value) => value * 8);
}

export function readFigures(keras: 'keras2' | 'keras3'): readonly Figure[] {
  return JSON.parse(readFileSync(`src/engine/figures/${keras}.json`, 'utf8')) as readonly Figure[];
}
