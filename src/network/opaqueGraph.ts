import type { Sha256 } from '../domain/ids.ts';
import { sha256 } from '../domain/sha256.ts';
import type { ByteSource } from './byteSource.ts';
import { asRecord, parseJson } from './jsonChecks.ts';

/** A node whose output a base can be cut at. */
export interface OpaqueNode {
  readonly name: string;
  /** TensorFlow's name of the operation, such as `Conv2D`. */
  readonly op: string;
}

/**
 * A TF.js graph model with operations that cannot be said in layers. It runs as it is, can be cut at any
 * node by name, and can be exported in no other format than its own.
 */
export interface OpaqueGraph {
  readonly kind: 'opaque-graph';
  readonly format: 'tfjs-graph';
  /** Text of `model.json`. */
  readonly modelJson: string;
  /** The weight files of the manifest, end to end. */
  readonly weights: ByteSource;
  /** [height, width, channels]; `null` where any size will do. */
  readonly inputShape: readonly (number | null)[];
  /** In an order of execution, the output last; constants and the input left out. */
  readonly nodes: readonly OpaqueNode[];
  /** Why it could not be said in layers: the node and its operation. */
  readonly reason: { readonly node: string; readonly op: string };
}

/** Identity of the graph: SHA-256 over its `modelTopology` and its weights as they are packed. */
export async function opaqueGraphHash({ modelJson, weights }: OpaqueGraph): Promise<Sha256> {
  const model = parseJson(modelJson, 'model.json');
  const topology = JSON.stringify(asRecord(model['modelTopology'], 'modelTopology'));
  const hashes = [
    await sha256(new TextEncoder().encode(topology)),
    await sha256(weights.read(0, weights.size)),
  ];
  return sha256(new TextEncoder().encode(hashes.join('\n')));
}
