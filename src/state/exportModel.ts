import type { ExportFile, GoldenAnswers } from '../bridge/exportMethods.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import { FORMAT_FACTS, type AnsweredProof, type ModelFormat } from '../domain/exportFormat.ts';
import { chooseGoldenPhotos } from '../domain/goldenPhotos.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import type { ExportStage } from './exportState.ts';
import type { Services } from './store.ts';

export interface ModelToExport {
  readonly run: CompletedRun;
  readonly format: ModelFormat;
  readonly modelName: string;
}

export interface ProvenExport {
  readonly files: readonly ExportFile[];
  readonly proof: AnsweredProof;
}

/**
 * Writes a model's files and has them answer what the app answers. Errors: export-differs {difference,
 * tolerance, runtime} where they do not, export-unreadable, unsupported-layer, cancelled.
 */
export async function exportModel(
  { base, head, check }: Pick<Services, 'base' | 'head' | 'check'>,
  { run, format, modelName }: ModelToExport,
  signal: AbortSignal,
  onStage: (stage: ExportStage) => void,
): Promise<ProvenExport> {
  const { headId } = run;
  onStage('predicting');
  const imageHashes = chooseGoldenPhotos(run.samples);
  const golden = await base('predictGolden', { headId, imageHashes });
  throwIfCancelled(signal);
  onStage('writing');
  const { files } = await head('exportModel', { headId, format, modelName });
  throwIfCancelled(signal);
  onStage('checking');
  const { largestDifference } = await check('checkExport', { format, files, golden }, { signal });
  const { tolerance, runtime } = FORMAT_FACTS[format];
  if (!(largestDifference <= tolerance)) {
    const difference = Number(largestDifference.toPrecision(2));
    const message = `${runtime} differs by ${String(difference)}`;
    throw new GraftError('export-differs', message, { difference, tolerance, runtime });
  }
  const proof = { format, headId, largestDifference, numPhotos: golden.shape[0] };
  const proofs = format === 'web-page' ? [] : [proofFile(proof, golden)];
  return { files: [...files, ...proofs], proof };
}

/** `verified.json`: what the app answered, and how near the file came. */
function proofFile(
  { format, largestDifference, numPhotos }: AnsweredProof,
  { probabilities, imageHashes: photos }: GoldenAnswers,
): ExportFile {
  const { runtime, tolerance, proof } = FORMAT_FACTS[format];
  const numClasses = probabilities.length / numPhotos;
  const expected = Array.from({ length: numPhotos }, (_, photo) => [
    ...probabilities.subarray(photo * numClasses, (photo + 1) * numClasses),
  ]);
  const measured = { numPhotos, tolerance, largestDifference };
  const content = { format, proof, runtime, ...measured, photos, expected };
  const text = JSON.stringify(content, null, 2);
  return { path: 'verified.json', bytes: new TextEncoder().encode(text) };
}
