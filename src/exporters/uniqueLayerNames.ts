import type { Layer } from '../network/network.ts';

/**
 * A name for each layer that TF.js takes as part of a tensor's name: letters, digits, `_` and `-`,
 * beginning with a letter or digit, and none twice. Names that are fine already stay as they are.
 */
export function uniqueLayerNames(layers: readonly Layer[]): string[] {
  const taken = new Set<string>();
  return layers.map((layer) => {
    const wanted =
      layer.name.replaceAll(/[^\w-]/g, '_').replace(/^[^a-zA-Z0-9]+/, '') || layer.kind;
    let name = wanted;
    for (let count = 1; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  });
}
