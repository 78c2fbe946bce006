import type { Cut } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import type { Sha256 } from '../domain/ids.ts';
import { graphHash } from '../network/graphHash.ts';
import type { Network } from '../network/network.ts';
import type { OpenedBase } from '../network/openNetwork.ts';
import { opaqueGraphHash, type OpaqueGraph } from '../network/opaqueGraph.ts';

/** What a base computes: layers, or a graph that can only run as it is. */
export type BaseBody = Network | OpaqueGraph;

export function isOpaque(body: BaseBody): body is OpaqueGraph {
  return 'kind' in body;
}

export function bodyOf(opened: OpenedBase): BaseBody {
  return 'kind' in opened ? opened : opened.network;
}

/** Identity in any packaging; of an opaque graph, in its own. Reads every weight, one tensor at a time. */
export function hashBody(body: BaseBody): Promise<Sha256> {
  return isOpaque(body) ? opaqueGraphHash(body) : graphHash(body);
}

/** Name of the one node that an opaque graph is cut at. Errors: base-invalid {position}. */
export function cutNodeName({ nodes }: OpaqueGraph, { positions }: Cut): string {
  const [position = -1, ...more] = positions;
  const node = nodes[position];
  if (node !== undefined && more.length === 0) return node.name;
  const message = 'A graph that runs as it is can be cut at one of its nodes only';
  throw new GraftError('base-invalid', message, { position });
}
