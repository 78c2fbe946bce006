import { median } from '../base/figures.ts';
import { round } from '../round.ts';
import type { FitTrace } from './page/fitterProtocol.ts';

/** One method's fits, seed by seed. */
export interface MethodTraces {
  readonly method: string;
  readonly traces: readonly FitTrace[];
}

export interface MethodFigures {
  readonly method: string;
  /** Median over the seeds; an exact fit ends at the optimum. */
  readonly seconds: number;
  /** Mean over the seeds, on photos that were not trained on. */
  readonly heldOutAccuracy: number;
  readonly toPeersAccuracy: Reached;
  readonly toExactAccuracy: Reached;
  /** Duration over that of the exact fit with the same seed: the median. */
  readonly timesExactFit: number;
}

/** When a method first had an accuracy, in the fits in which it ever had it. */
interface Reached {
  readonly numFits: number;
  readonly medianSeconds: number | null;
}

/** `peer` and `exact` are names of methods, which all fitted with the same seeds in the same order. */
export function summariseHeads(
  methods: readonly MethodTraces[],
  peer: string,
  exact: string,
): readonly MethodFigures[] {
  const tracesOf = (name: string) => methods.find(({ method }) => method === name)?.traces ?? [];
  const finals = (name: string) => tracesOf(name).map(finalAccuracy);
  const exactMs = tracesOf(exact).map(({ durationMs }) => durationMs);
  return methods.map(({ method, traces }) => ({
    method,
    seconds: round(median(traces.map(({ durationMs }) => durationMs)) / 1000, 3),
    heldOutAccuracy: round(mean(traces.map(finalAccuracy)), 4),
    toPeersAccuracy: firstReached(traces, finals(peer)),
    toExactAccuracy: firstReached(traces, finals(exact)),
    timesExactFit: round(
      median(traces.map(({ durationMs }, seed) => durationMs / (exactMs[seed] ?? NaN))),
      2,
    ),
  }));
}

function firstReached(traces: readonly FitTrace[], accuracies: readonly number[]): Reached {
  const times = traces.flatMap(({ epochs }, seed) => {
    const first = epochs.find(({ heldOutAccuracy }) => heldOutAccuracy >= (accuracies[seed] ?? 1));
    return first === undefined ? [] : [first.ms];
  });
  const medianSeconds = times.length === 0 ? null : round(median(times) / 1000, 3);
  return { numFits: times.length, medianSeconds };
}

function finalAccuracy({ epochs }: FitTrace): number {
  return epochs.at(-1)?.heldOutAccuracy ?? NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
