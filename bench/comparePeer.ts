import type { JourneyResult } from './journey.ts';
import type { PeerResult } from './peer.ts';
import { round } from './round.ts';

/** Both on the same photos. */
export interface PeerRound {
  readonly graft: Pick<JourneyResult, 'photosPerSecond' | 'trainSeconds' | 'testAccuracy'>;
  readonly peer: Pick<PeerResult, 'photosPerSecond' | 'trainSeconds' | 'testAccuracy' | 'adapter'>;
}

export interface PeerComparison {
  readonly rounds: number;
  /** Of the peer's, so above 1 where Graft is faster. */
  readonly photosPerSecondRatio: number;
  /** Of the peer's, so below 1 where Graft is faster. */
  readonly trainSecondsRatio: number;
  /** Means over the rounds; `null` where nothing was tested. */
  readonly testAccuracy: { readonly graft: number; readonly peer: number } | null;
  /** Mean of Graft's less the peer's. */
  readonly testAccuracyDifference: number | null;
  /** Of that mean; `null` for a single round. */
  readonly standardError: number | null;
  readonly machine: 'machine with a GPU' | 'machine without a GPU';
}

/** Software in place of a GPU. */
const SOFTWARE = /swiftshader|llvmpipe|software|none/i;

/** Means over the rounds, labelled by the machine: without a GPU the peer's only backend runs in software. */
export function comparePeer(rounds: readonly PeerRound[]): PeerComparison {
  const accuracies = rounds.flatMap(({ graft, peer }) =>
    graft.testAccuracy === null || peer.testAccuracy === null
      ? []
      : [{ graft: graft.testAccuracy, peer: peer.testAccuracy }],
  );
  const differences = accuracies.map(({ graft, peer }) => graft - peer);
  const ratio = (of: 'photosPerSecond' | 'trainSeconds') =>
    mean(rounds.map(({ graft }) => graft[of])) / mean(rounds.map(({ peer }) => peer[of]));
  const isTested = accuracies.length > 0;
  const isSoftware = rounds.some(({ peer }) => SOFTWARE.test(peer.adapter));
  return {
    rounds: rounds.length,
    photosPerSecondRatio: round(ratio('photosPerSecond'), 1),
    trainSecondsRatio: round(ratio('trainSeconds'), 3),
    testAccuracy: isTested
      ? {
          graft: round(mean(accuracies.map(({ graft }) => graft)), 4),
          peer: round(mean(accuracies.map(({ peer }) => peer)), 4),
        }
      : null,
    testAccuracyDifference: isTested ? round(mean(differences), 4) : null,
    standardError: differences.length > 1 ? round(standardErrorOf(differences), 4) : null,
    machine: isSoftware ? 'machine without a GPU' : 'machine with a GPU',
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardErrorOf(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
