import type { Subject } from '../subjects.ts';
import { startContender } from './startContender.ts';

export interface PoolRound {
  /** Photos per second of the network alone: one worker, then two at once, together. */
  readonly one: number;
  readonly two: number;
  /** What a second core adds to plain arithmetic, which shares nothing: as much as there is to gain. */
  readonly machineFactor: number;
}

const BATCH_SIZE = 8;

/** One worker and two at once, in turns: what a second core adds. */
export async function measurePool(
  subject: Subject,
  numRounds: number,
  durationMs: number,
): Promise<readonly PoolRound[]> {
  const contenders = [startContender(), startContender()] as const;
  try {
    for (const { call } of contenders) {
      await call('load', { subject, engine: 'plan', backend: 'wasm' });
    }
    const measure = ({ call }: (typeof contenders)[number]) =>
      call('measure', { batchSize: BATCH_SIZE, durationMs });
    const spin = ({ call }: (typeof contenders)[number]) => call('spin', { durationMs });
    const rounds: PoolRound[] = [];
    for (let round = 0; round < numRounds; round++) {
      const one = await measure(contenders[0]);
      const two = sum(await Promise.all(contenders.map(measure)));
      const alone = await spin(contenders[0]);
      const machineFactor = sum(await Promise.all(contenders.map(spin))) / alone;
      rounds.push({ one, two, machineFactor });
    }
    return rounds;
  } finally {
    for (const { end } of contenders) end();
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
