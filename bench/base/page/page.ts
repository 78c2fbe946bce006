import { findAdapter } from '../../../src/engine/backends.ts';
import type { ContenderName } from './contenderProtocol.ts';
import { measureApp, type AppFigures, type AppOptions } from './measureApp.ts';
import type { StoredActivations } from './measureApp.ts';
import { measureDecode, type DecodeFigures } from './measureDecode.ts';
import { measureEngines } from './measureEngines.ts';
import { startContender } from './startContender.ts';

let stored: StoredActivations | null = null;

/** What the bench calls in the page. */
export const BENCH = {
  measureEngines,
  /** Name of the GPU, and whether it is one in software; `null` where there is none. */
  findAdapter,
  measureApp: async (options: AppOptions): Promise<AppFigures> => {
    const measured = await measureApp(options);
    stored = measured.stored;
    return measured.figures;
  },
  /** After `measureApp`, whose activations the head is fitted on. */
  measureDecode: async (
    addresses: readonly string[],
    durationMs: number,
  ): Promise<DecodeFigures> => {
    if (stored === null) throw new Error('There are no activations yet');
    return measureDecode(addresses, stored, durationMs);
  },
  /** Loads one network and runs a batch, so that its memory can be looked at from outside. */
  runOnce: async (name: ContenderName, batchSize: number): Promise<void> => {
    const { call } = startContender();
    await call('load', name);
    await call('measure', { batchSize, durationMs: 0 });
  },
};

declare global {
  var bench: typeof BENCH;
}

globalThis.bench = BENCH;
