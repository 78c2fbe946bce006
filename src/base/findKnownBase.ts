import type { BaseModel } from '../domain/baseModel.ts';
import { CUT_POOLINGS, type Cut } from '../domain/cut.ts';
import { isOpaque } from '../engine/baseBody.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { pooledNetwork } from '../network/compose.ts';
import { foldedHash } from '../network/foldedHash.ts';
import { graphHash } from '../network/graphHash.ts';
import type { Layer, Network } from '../network/network.ts';
import { listBasesAtHand } from './basesAtHand.ts';
import type { Services } from './services.ts';

export interface KnownPart {
  readonly base: BaseModel;
  readonly cut: Cut;
}

/** Layers that stay what they are when a network is folded. */
const KEPT: readonly Layer['kind'][] = [
  'conv2d',
  'depthwise-conv2d',
  'dense',
  'max-pooling2d',
  'average-pooling2d',
  'global-average-pooling2d',
  'global-max-pooling2d',
  'add',
  'concatenate',
  'flatten',
];

/** What makes two networks the same. */
export interface Sameness {
  /** The layers that both must have. */
  readonly layersOf: (network: Network) => readonly Layer[];
  /** What is compared of each before any weights are read. */
  readonly outlineOf: (layer: Layer) => unknown;
  readonly hashOf: (network: Network) => Promise<string>;
}

/** Layer by layer. */
export const SAME_LAYERS: Sameness = {
  layersOf: ({ layers }) => layers,
  outlineOf: ({ kind, inputs, tensors }) => [kind, inputs, shapesOf(tensors)],
  hashOf: graphHash,
};

/** After what most formats do: batch norms in the kernels, and what does nothing left out. */
export const SAME_FOLDED: Sameness = {
  layersOf: ({ layers }) => layers.filter(({ kind }) => KEPT.includes(kind)),
  outlineOf: ({ kind, tensors }) => [kind, tensors.kernel?.shape],
  hashOf: foldedHash,
};

/**
 * The base at hand and its cut, pooled, that these layers are, weights and all; `null` where there is none.
 * Weights are read only where the layers are of the same kinds and sizes.
 */
export async function findKnownBase(
  { database, loadBase }: Pick<Services, 'database' | 'loadBase'>,
  rows: Network,
  sameness: Sameness,
): Promise<KnownPart | null> {
  let wanted: string | null = null;
  for (const { id } of await listBasesAtHand(database)) {
    // One that cannot be opened just now is none that could be trained on.
    const loaded = await loadBase(id).catch(() => null);
    for (const cut of loaded === null ? [] : similarCuts(loaded, rows, sameness)) {
      wanted ??= await sameness.hashOf(rows);
      const { base, network } = loaded as LoadedBase & { readonly network: Network };
      if ((await sameness.hashOf(pooledNetwork(network, cut))) === wanted) return { base, cut };
    }
  }
  return null;
}

/** Cuts of one layer after which the base has layers of the outlines that are wanted. */
function similarCuts({ network }: LoadedBase, rows: Network, sameness: Sameness): Cut[] {
  if (isOpaque(network)) return [];
  const { layersOf, outlineOf } = sameness;
  const wantedLayers = layersOf(rows);
  const wanted = JSON.stringify(wantedLayers.map(outlineOf));
  const cuts = network.layers.flatMap((_, position) =>
    CUT_POOLINGS.map((pooling): Cut => ({ positions: [position], pooling })),
  );
  return cuts.filter((cut) => {
    const layers = layersOf(pooledNetwork(network, cut));
    return (
      layers.length === wantedLayers.length && JSON.stringify(layers.map(outlineOf)) === wanted
    );
  });
}

function shapesOf(tensors: Layer['tensors']) {
  const shapes = Object.entries(tensors).map(([role, { shape }]) => [role, shape] as const);
  return shapes.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
