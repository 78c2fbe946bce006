import type { CompareMethods } from '../bridge/dataMethods.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import type { DataFormat } from '../domain/exportFormat.ts';
import type { Database } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { listRunPhotos } from '../storage/runPhotos.ts';
import { getRun } from '../storage/runs.ts';
import { Comparison } from './comparison.ts';
import type { DataUnderCheck } from './dataUnderCheck.ts';

type CompareData = CompareMethods['compareData'];

const COMPARERS: Readonly<
  Record<DataFormat, () => Promise<(data: DataUnderCheck) => Promise<void>>>
> = {
  safetensors: async () => (await import('./compareHead.ts')).compareHead,
  'activations-npz': async () => (await import('./compareNpz.ts')).compareNpz,
  projector: async () => (await import('./compareProjector.ts')).compareProjector,
  'model-card': async () => (await import('./compareModelCard.ts')).compareModelCard,
};

/**
 * Reads files again, by readers that have no part in writing them, and compares each value with the one in
 * storage. Errors: data-differs {different, values, difference, place}, data-unreadable {reason}, cancelled.
 */
export async function compareData(
  { format, headId, sampleIds, files }: CompareData['params'],
  database: Database,
  { signal, report }: HandlerContext<CompareData['progress']>,
): Promise<CompareData['result']> {
  const head = await getHead(database, headId);
  const run = await getRun(database, head.runId);
  if (run.status !== 'completed') throw new GraftError('internal', 'The run has no model');
  const wanted = new Set(sampleIds);
  const all = await listRunPhotos(database, run);
  const photos = all.filter(({ sampleId }) => wanted.has(sampleId));
  const comparison = new Comparison();
  const reportBatch = (done: number, total: number) => {
    throwIfCancelled(signal);
    report({ done, total });
  };
  const compare = await COMPARERS[format]();
  try {
    await compare({ database, files, head, run, photos, comparison, report: reportBatch });
  } catch (thrown) {
    if (thrown instanceof GraftError && thrown.code === 'cancelled') throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new GraftError('data-unreadable', reason, { reason });
  }
  const { numValues, numDifferent, largestDifference, place } = comparison;
  if (numDifferent > 0) {
    const difference = Number(largestDifference.toPrecision(2));
    const details = { different: numDifferent, values: numValues, difference, place: place ?? '' };
    throw new GraftError('data-differs', `${numDifferent} values differ`, details);
  }
  return { numValues };
}
