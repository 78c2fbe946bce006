import { round } from '../round.ts';
import type { BenchBackend, Engine } from './page/contenderProtocol.ts';
import type { DecodeFigures } from './page/measureDecode.ts';
import type { EngineFailure, EngineSpeed } from './page/measureEngines.ts';
import type { AppFigures } from './page/measureApp.ts';

export interface EngineFigures {
  readonly engine: Engine;
  readonly firstResultMs: number;
  /** Photos per second, the median of the rounds, by the size of the batch. */
  readonly photosPerSecond: Readonly<Record<number, number>>;
  /** The plan's photos per second divided by this engine's, at the engine's better batch size. */
  readonly planFactor: number;
  readonly distanceToPlan: number;
}

export interface BaseFigures {
  readonly base: string;
  readonly backend: BenchBackend;
  readonly adapter: string | null;
  readonly engines: readonly (EngineFigures | EngineFailure)[];
}

export function isFailure(
  result: EngineSpeed | EngineFailure | EngineFigures,
): result is EngineFailure {
  return 'failure' in result;
}

/** Sums the rounds up. Ratios are taken within a round, where both met the same machine. */
export function summariseEngines(
  results: readonly (EngineSpeed | EngineFailure)[],
): readonly (EngineFigures | EngineFailure)[] {
  const plan = results.find(({ engine }) => engine === 'plan');
  if (plan === undefined || isFailure(plan)) return results.filter(isFailure);
  return results.map((result) => {
    if (isFailure(result)) return result;
    const { engine, firstResultMs, rounds, distanceToPlan } = result;
    const medians = Object.entries(rounds).map(([size, rates]) => [size, round(median(rates), 1)]);
    return {
      engine,
      firstResultMs: Math.round(firstResultMs),
      photosPerSecond: Object.fromEntries(medians) as Record<number, number>,
      planFactor: round(median(factors(bestRounds(plan), bestRounds(result))), 2),
      distanceToPlan: Number(distanceToPlan.toPrecision(2)),
    };
  });
}

export interface PoolFigures {
  readonly onePhotosPerSecond: number;
  readonly twoPhotosPerSecond: number;
  readonly factor: number;
  /** The same of plain arithmetic. */
  readonly machineFactor: number;
}

export function summarisePool({ pool }: AppFigures): PoolFigures {
  const ones = pool.map(({ one }) => one);
  const twos = pool.map(({ two }) => two);
  return {
    onePhotosPerSecond: round(median(ones), 1),
    twoPhotosPerSecond: round(median(twos), 1),
    factor: round(median(factors(twos, ones)), 2),
    machineFactor: round(median(pool.map(({ machineFactor }) => machineFactor)), 2),
  };
}

export interface FileFigures {
  readonly photosPerSecond: number;
  /** Of the network alone in two workers, measured before each part of the photos. */
  readonly shareOfNetwork: number;
}

export function summariseFiles({ pool, filesToActivations }: AppFigures): FileFigures {
  const network = pool.map(({ two }) => two);
  return {
    photosPerSecond: round(median(filesToActivations), 1),
    shareOfNetwork: round(median(factors(filesToActivations, network)), 3),
  };
}

export interface FrameFigures {
  readonly numFrames: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

export function summariseFrames({ frameMs }: AppFigures): FrameFigures {
  return {
    numFrames: frameMs.length,
    medianMs: round(median(frameMs), 2),
    p95Ms: round(quantile(frameMs, 0.95), 2),
  };
}

export interface DecodeSummary {
  readonly numPhotos: number;
  readonly megapixels: number;
  readonly plainMs: number;
  readonly reducedMs: number;
  readonly factor: number;
  readonly lowestCosine: number;
  readonly medianCosine: number;
  readonly sameClassShare: number;
  readonly rates: DecodeFigures['rates'];
}

export function summariseDecode({ comparisons, rates }: DecodeFigures): DecodeSummary {
  const plain = comparisons.map(({ plainMs }) => plainMs);
  const reduced = comparisons.map(({ reducedMs }) => reducedMs);
  const cosines = comparisons.map(({ cosine }) => cosine);
  const numSame = comparisons.filter(({ isSameClass }) => isSameClass).length;
  return {
    numPhotos: comparisons.length,
    megapixels: round(median(comparisons.map(({ megapixels }) => megapixels)), 1),
    plainMs: round(median(plain), 1),
    reducedMs: round(median(reduced), 1),
    factor: round(median(factors(plain, reduced)), 1),
    lowestCosine: round(Math.min(...cosines), 5),
    medianCosine: round(median(cosines), 5),
    sameClassShare: round(numSame / comparisons.length, 3),
    rates: rates.map(({ isReduced, one, two }) => ({
      isReduced,
      one: round(one, 1),
      two: round(two, 1),
    })),
  };
}

/** The rounds of the batch size that is faster for this engine. */
function bestRounds({ rounds }: EngineSpeed): readonly number[] {
  const [first = [], ...others] = Object.values(rounds);
  return others.reduce((best, each) => (median(each) > median(best) ? each : best), first);
}

function factors(numerators: readonly number[], denominators: readonly number[]): number[] {
  return numerators.map((value, i) => value / (denominators[i] ?? NaN));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the share `q` of the values lies, between neighbours where it falls there. */
function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  const low = sorted[below] ?? NaN;
  return low + ((sorted[above] ?? NaN) - low) * (place - below);
}
