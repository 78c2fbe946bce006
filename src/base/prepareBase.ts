import type { BaseMethods } from '../bridge/protocol.ts';
import type { Services } from './services.ts';

type Prepare = BaseMethods['prepareBase'];

/** Loads a base and settles its backend. Called again, it gives the report as it stands then. */
export async function prepareBase(
  { loadBase, ladder }: Services,
  { baseId, backend }: Prepare['params'],
): Promise<Prepare['result']> {
  return ladder.report(await loadBase(baseId), backend);
}
