import type { Head } from '../domain/head.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import type { Database } from '../storage/database.ts';
import type { Answerer } from './answerer.ts';
import { applyHead } from './softmaxHead.ts';

/**
 * Takes activations at the cut that the run was fitted on. Errors: those of `readBase`, where it trained
 * layers of the base.
 */
export async function createAnswerer(
  database: Database,
  { config }: Pick<CompletedRun, 'config'>,
  head: Head,
): Promise<Answerer> {
  if (config.solver !== 'deeper') {
    return {
      answer: ({ activations }) => Promise.resolve(applyHead(activations, head.weights)),
      dispose: () => undefined,
    };
  }
  // Readers of bases and the trainable network, which heads alone have no use for.
  const [{ createTunedAnswerer }, { readDeeperBase }] = await Promise.all([
    import('./deeper/tunedAnswerer.ts'),
    import('./deeper/readDeeperBase.ts'),
  ]);
  return createTunedAnswerer(await readDeeperBase(database, head.classifier), config, head);
}
