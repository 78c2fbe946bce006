import { describe, expect, it } from 'vitest';
import { graphHash } from '../network/graphHash.ts';
import { inferShapes } from '../network/inferShapes.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Layer, Network } from '../network/network.ts';
import { everyKindNetwork, fileBytes, fileText } from './exportFixture.ts';
import { expressibleLayers } from './expressibleLayers.ts';
import { tfjsLayersFiles } from './tfjsLayers.ts';

function reloaded(network: Network): Network {
  const files = tfjsLayersFiles(network);
  const modelJson = fileText(files, 'model.json');
  return loadTfjsLayers({ modelJson, weights: fileBytes(files, 'weights.bin').buffer });
}

function renamed(network: Network, nameOf: (layer: Layer) => string): Network {
  return { layers: network.layers.map((layer) => ({ ...layer, name: nameOf(layer) })) };
}

describe('tfjsLayersFiles', () => {
  it('keeps the network: read back it has the same hash', async () => {
    const network = everyKindNetwork();
    expect(await graphHash(reloaded(network))).toBe(await graphHash(network));
  });

  it('finds names that TF.js takes, for layers of one name or of any', async () => {
    const network = everyKindNetwork();
    for (const name of ['same', '_:/étage', '层']) {
      const again = reloaded(renamed(network, () => name));
      expect(await graphHash(again)).toBe(await graphHash(network));
      const names = again.layers.map((layer) => layer.name);
      expect(new Set(names).size).toBe(names.length);
      for (const each of names) expect(each).toMatch(/^[a-zA-Z0-9][\w-]*$/);
    }
  });

  it('takes a pooling that keeps its dimensions apart, for readers that know no such thing', () => {
    const network = everyKindNetwork();
    const last = network.layers.length - 1;
    const pooling = {
      kind: 'global-average-pooling2d',
      keepDims: true,
      name: 'pooling',
      inputs: [last],
      tensors: {},
    } as const;
    const flatten = { kind: 'flatten', name: 'flatten', inputs: [last + 1], tensors: {} } as const;
    const kept = { layers: [...network.layers, pooling, flatten] };
    const split = expressibleLayers(kept);
    expect(split.layers.map(({ kind }) => kind).slice(-3)).toEqual([
      'global-average-pooling2d',
      'reshape',
      'flatten',
    ]);
    expect(inferShapes(split).slice(-3)).toEqual([[5], [1, 1, 5], [5]]);
    expect(inferShapes(reloaded(kept)).at(-1)).toEqual([5]);
  });
});
