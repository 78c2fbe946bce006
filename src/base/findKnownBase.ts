import type { BaseModel } from '../domain/baseModel.ts';
import { CUT_POOLINGS, type Cut } from '../domain/cut.ts';
import { isOpaque } from '../engine/baseBody.ts';
import { listBundledBases, type LoadedBase } from '../engine/openBase.ts';
import { pooledNetwork } from '../network/compose.ts';
import { graphHash } from '../network/graphHash.ts';
import type { Layer, Network } from '../network/network.ts';
import { listStoredBases } from '../storage/bases.ts';
import type { Services } from './services.ts';

export interface KnownPart {
  readonly base: BaseModel;
  readonly cut: Cut;
}

/**
 * The base at hand and its cut, pooled, that these layers are, weights and all; `null` where there is none.
 * Weights are read only where the layers are of the same kinds and sizes.
 */
export async function findKnownBase(
  { database, loadBase }: Pick<Services, 'database' | 'loadBase'>,
  rows: Network,
): Promise<KnownPart | null> {
  const stored = await listStoredBases(database);
  const atHand = [...(await listBundledBases()), ...stored.map(({ base }) => base)];
  let wanted: string | null = null;
  for (const { id } of atHand) {
    // One that cannot be opened just now is none that could be trained on.
    const loaded = await loadBase(id).catch(() => null);
    for (const cut of loaded === null ? [] : similarCuts(loaded, rows)) {
      wanted ??= await graphHash(rows);
      const { base, network } = loaded as LoadedBase & { readonly network: Network };
      if ((await graphHash(pooledNetwork(network, cut))) === wanted) return { base, cut };
    }
  }
  return null;
}

/** Cuts of one layer after which the base has layers of the same kinds, with tensors of the same sizes. */
function similarCuts({ network }: LoadedBase, rows: Network): Cut[] {
  if (isOpaque(network)) return [];
  const wanted = outlineOf(rows);
  const cuts = network.layers.flatMap((_, position) =>
    CUT_POOLINGS.map((pooling): Cut => ({ positions: [position], pooling })),
  );
  return cuts.filter((cut) => {
    const pooled = pooledNetwork(network, cut);
    return pooled.layers.length === rows.layers.length && outlineOf(pooled) === wanted;
  });
}

function outlineOf({ layers }: Network): string {
  const outlines = layers.map(({ kind, inputs, tensors }: Layer) => {
    const shapes = Object.entries(tensors).map(([role, { shape }]) => [role, shape] as const);
    return [kind, inputs, shapes.toSorted(([a], [b]) => (a < b ? -1 : 1))];
  });
  return JSON.stringify(outlines);
}
