import type { Layer, LayerKind, Network } from './network.ts';

/** Adds layers to a network. Their names are made unique, since files of some formats find layers by name. */
export class NetworkBuilder {
  readonly layers: Layer[];
  readonly #names: Set<string>;

  constructor({ layers }: Network) {
    this.layers = [...layers];
    this.#names = new Set(layers.map(({ name }) => name));
  }

  /** Gives the position of the new layer. */
  add(
    settings: LayerKind,
    wantedName: string,
    inputs: readonly number[],
    tensors: Layer['tensors'] = {},
  ): number {
    const name = this.#freeName(wantedName);
    this.#names.add(name);
    return this.layers.push({ ...settings, name, inputs, tensors }) - 1;
  }

  #freeName(wanted: string): string {
    let name = wanted;
    for (let count = 1; this.#names.has(name); count++) name = `${wanted}_${String(count)}`;
    return name;
  }
}
