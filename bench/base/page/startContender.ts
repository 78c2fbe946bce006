import { createClient, type Client } from '../../../src/bridge/client.ts';
import type { ContenderMethods } from './contenderProtocol.ts';

export interface Contender {
  readonly call: Client<ContenderMethods>;
  readonly end: () => void;
}

/** A worker with nothing in it yet. */
export function startContender(): Contender {
  const worker = new Worker(new URL('./contender.worker.ts', import.meta.url), { type: 'module' });
  return { call: createClient<ContenderMethods>(worker), end: () => worker.terminate() };
}
