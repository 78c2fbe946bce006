import type { JourneyResult } from './journey.ts';
import type { PeerResult } from './peer.ts';
import { round } from './round.ts';

export interface Ratios {
  /** Of the peer's, so above 1 where Graft is faster. */
  readonly photosPerSecond: number;
  /** Of the peer's, so below 1 where Graft is faster. */
  readonly trainSeconds: number;
  /** Graft's accuracy less the peer's. */
  readonly testAccuracyDifference: number | null;
  readonly machine: 'machine with a GPU' | 'machine without a GPU';
}

/** Software in place of a GPU. */
const SOFTWARE = /swiftshader|llvmpipe|software|none/i;

/** Ratios, labelled by the machine: without a GPU the peer's only backend runs in software. */
export function comparePeer(
  graft: Pick<JourneyResult, 'photosPerSecond' | 'trainSeconds' | 'testAccuracy'>,
  peer: Pick<PeerResult, 'photosPerSecond' | 'trainSeconds' | 'testAccuracy' | 'adapter'>,
): Ratios {
  const isMeasured = graft.testAccuracy !== null && peer.testAccuracy !== null;
  return {
    photosPerSecond: round(graft.photosPerSecond / peer.photosPerSecond, 1),
    trainSeconds: round(graft.trainSeconds / peer.trainSeconds, 3),
    testAccuracyDifference: isMeasured ? round(graft.testAccuracy - peer.testAccuracy, 3) : null,
    machine: SOFTWARE.test(peer.adapter) ? 'machine without a GPU' : 'machine with a GPU',
  };
}
