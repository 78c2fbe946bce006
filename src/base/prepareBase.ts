import type { BaseMethods } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import type { Services } from './services.ts';

type Prepare = BaseMethods['prepareBase'];

/** Loads a base and settles its backend: tells which one answers at once, ends when all have been tried. */
export async function prepareBase(
  { loadBase, ladder }: Services,
  { baseId, backend }: Prepare['params'],
  { report }: HandlerContext<Prepare['progress']>,
): Promise<Prepare['result']> {
  const loaded = await loadBase(baseId);
  report(await ladder.report(loaded, backend));
  return ladder.settledReport(loaded, backend);
}
