import { inferShapes } from './inferShapes.ts';
import type { LayerShape } from './layerShape.ts';
import { NetworkBuilder } from './networkBuilder.ts';
import type { Layer } from './network.ts';

/** A network on its way, whose shapes can be asked for while it grows. */
export class ShapedBuilder extends NetworkBuilder {
  readonly #shapes: LayerShape[] = [];

  constructor() {
    super({ layers: [] });
  }

  /** Output shape of the layer at `position`, without the batch. Errors: base-invalid. */
  shape(position: number): LayerShape {
    for (let next = this.#shapes.length; next <= position; next++) {
      this.#shapes.push(this.#shapeAt(next));
    }
    return this.#shapes[position] ?? [];
  }

  /** Puts another layer in the place of one that no layer takes yet. */
  replace(position: number, layer: Layer): void {
    this.layers[position] = layer;
    if (position < this.#shapes.length) this.#shapes[position] = this.#shapeAt(position);
  }

  /** Looks at one layer alone, so that a long graph does not cost its square. */
  #shapeAt(position: number): LayerShape {
    const layer = this.layers[position];
    if (layer === undefined) throw new RangeError(`There is no layer ${position}`);
    const sources = layer.inputs.map((input): Layer => {
      const shape = this.#shapes[input] ?? [];
      return { kind: 'input', shape, name: layer.name, inputs: [], tensors: {} };
    });
    const alone = { ...layer, inputs: sources.map((_, index) => index) };
    return inferShapes({ layers: [...sources, alone] }).at(-1) ?? [];
  }
}
