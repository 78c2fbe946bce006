import type { Sha256 } from './ids.ts';
import { sha256 } from './sha256.ts';

/** Of the control's weights; one for all projects, so that its activations serve them all. */
export const RANDOM_WEIGHTS_SEED = 1;

/** Stands for the graph hash of the base's architecture with random weights. */
export function randomGraphHash(graphHash: Sha256): Promise<Sha256> {
  const name = `${graphHash} with random weights, version 1, seed ${String(RANDOM_WEIGHTS_SEED)}`;
  return sha256(new TextEncoder().encode(name));
}
