import { createClient } from '../../../src/bridge/client.ts';
import type { DecodeComparison, DecodeMethods, LabelledRows } from './decodeProtocol.ts';

export interface DecodeFigures {
  readonly comparisons: readonly DecodeComparison[];
  /** Photos per second of decoding alone, one worker and two at once together. */
  readonly rates: readonly {
    readonly isReduced: boolean;
    readonly one: number;
    readonly two: number;
  }[];
}

const NUM_PIXELS = 12_000_000;

/** Phone-sized photos, decoded in full and at a part of their size. */
export async function measureDecode(
  addresses: readonly string[],
  rows: LabelledRows,
  durationMs: number,
): Promise<DecodeFigures> {
  const workers = [0, 1].map(
    () => new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' }),
  );
  const calls = workers.map((worker) => createClient<DecodeMethods>(worker));
  const [first, second] = calls;
  if (first === undefined || second === undefined) throw new Error('No workers');
  try {
    for (const call of calls) await call('prepare', rows);
    const comparisons: DecodeComparison[] = [];
    for (const address of addresses) {
      comparisons.push(await first('compare', { address, numPixels: NUM_PIXELS }));
    }
    await second('compare', { address: addresses.at(-1) ?? '', numPixels: NUM_PIXELS });
    const rates = [];
    for (const isReduced of [false, true]) {
      const measure = (call: typeof first) => call('measure', { isReduced, durationMs });
      const one = await measure(first);
      const both = await Promise.all(calls.map(measure));
      rates.push({ isReduced, one, two: both.reduce((sum, rate) => sum + rate, 0) });
    }
    return { comparisons, rates };
  } finally {
    for (const worker of workers) worker.terminate();
  }
}
