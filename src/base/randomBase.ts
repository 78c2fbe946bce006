import { GraftError } from '../domain/errors.ts';
import { RANDOM_WEIGHTS_SEED, randomGraphHash } from '../domain/randomControl.ts';
import { isOpaque } from '../engine/baseBody.ts';
import type { LoadedBase } from '../engine/openBase.ts';

/** The base's architecture with random weights, under a hash of its own. Errors: internal for a graph that runs as it is. */
export async function randomBase({ base, network }: LoadedBase): Promise<LoadedBase> {
  if (isOpaque(network)) {
    throw new GraftError(
      'internal',
      'A graph that runs as it is has no layers to draw weights for',
    );
  }
  const { withRandomWeights } = await import('../network/randomWeights.ts');
  return {
    base: { ...base, graphHash: await randomGraphHash(base.graphHash) },
    network: withRandomWeights(network, RANDOM_WEIGHTS_SEED),
  };
}
