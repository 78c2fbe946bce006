import { createRandom, type Random } from '../domain/random.ts';

/** The random numbers of one epoch, so that a run can go on after any of them as if it had not stopped. */
export function createEpochRandom(seed: number, epoch: number): Random {
  return createRandom(seed + epoch * 2 ** 32);
}
