import type { BaseId, Sha256 } from './ids.ts';

/** Of a base that no catalogue names: the same network has the same id on every machine, so that projects find it. */
export function baseIdOf(graphHash: Sha256): BaseId {
  return `imported-${graphHash.slice(0, 16)}` as BaseId;
}
