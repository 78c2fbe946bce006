import type { Subject } from '../subjects.ts';
import type { BenchBackend, Engine } from './contenderProtocol.ts';
import { startContender, type Contender } from './startContender.ts';

export interface EngineSpeed {
  readonly engine: Engine;
  readonly firstResultMs: number;
  /** Photos per second of each round, by the size of the batch. */
  readonly rounds: Readonly<Record<number, readonly number[]>>;
  /** ‖a − b‖ / ‖b‖ to the plan's answer. */
  readonly distanceToPlan: number;
}

/** An engine that does not run this network on this backend. */
export interface EngineFailure {
  readonly engine: Engine;
  readonly failure: string;
}

export interface EngineRounds {
  readonly subject: Subject;
  readonly backend: BenchBackend;
  /** The plan comes first. */
  readonly engines: readonly Engine[];
  readonly batchSizes: readonly number[];
  readonly numRounds: number;
  readonly durationMs: number;
}

/** What takes longer to give one row is not measured. */
const LOAD_LIMIT_MS = 120_000;

interface Loaded {
  readonly contender: Contender;
  readonly speed: EngineSpeed & { readonly rounds: Record<number, number[]> };
}

/**
 * The engines on one network and backend, each in a worker of its own. They take turns, so that what
 * else the machine does meets all of them.
 */
export async function measureEngines(
  options: EngineRounds,
): Promise<readonly (EngineSpeed | EngineFailure)[]> {
  const loaded: Loaded[] = [];
  const failures: EngineFailure[] = [];
  let reference = new Float32Array();
  try {
    for (const engine of options.engines) {
      const contender = startContender();
      try {
        const { firstResultMs, answer } = await load(contender, engine, options);
        if (engine === 'plan') reference = answer.slice();
        const distanceToPlan = relativeDistance(answer, reference);
        const rounds = Object.fromEntries(options.batchSizes.map((size) => [size, []]));
        loaded.push({ contender, speed: { engine, firstResultMs, rounds, distanceToPlan } });
      } catch (thrown) {
        contender.end();
        failures.push({ engine, failure: String(thrown) });
      }
    }
    await takeTurns(loaded, options);
    return [...loaded.map(({ speed }) => speed), ...failures];
  } finally {
    for (const { contender } of loaded) contender.end();
  }
}

function load({ call }: Contender, engine: Engine, { subject, backend }: EngineRounds) {
  const timeUp = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('No answer in two minutes')), LOAD_LIMIT_MS);
  });
  return Promise.race([call('load', { subject, engine, backend }), timeUp]);
}

async function takeTurns(
  loaded: readonly Loaded[],
  { batchSizes, numRounds, durationMs }: EngineRounds,
): Promise<void> {
  for (let round = 0; round < numRounds; round++) {
    for (const batchSize of batchSizes) {
      for (const { contender, speed } of loaded) {
        const photosPerSecond = await contender.call('measure', { batchSize, durationMs });
        speed.rounds[batchSize]?.push(photosPerSecond);
      }
    }
  }
}

function relativeDistance(a: Float32Array, b: Float32Array): number {
  let difference = 0;
  let norm = 0;
  for (const [i, value] of b.entries()) {
    difference += ((a[i] ?? NaN) - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(difference / norm);
}
