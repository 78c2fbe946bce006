import type { Subject } from '../subjects.ts';
import { startContender } from './startContender.ts';

export interface PoolRound {
  /** Photos per second of the network alone: one worker, then two at once, together. */
  readonly one: number;
  readonly two: number;
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
    const rounds: PoolRound[] = [];
    for (let round = 0; round < numRounds; round++) {
      const one = await measure(contenders[0]);
      const [first, second] = await Promise.all(contenders.map(measure));
      rounds.push({ one, two: (first ?? 0) + (second ?? 0) });
    }
    return rounds;
  } finally {
    for (const { end } of contenders) end();
  }
}
