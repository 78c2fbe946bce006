import type { ExportFile } from '../bridge/exportFile.ts';
import type { GoldenAnswers } from '../bridge/exportMethods.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import { spreadOverClasses } from '../domain/goldenPhotos.ts';
import type { HeadId, Sha256 } from '../domain/ids.ts';
import { reportQuantised, type QuantisedReport } from '../domain/quantisedReport.ts';
import { packFiles, type PackedFiles } from '../intake/packFiles.ts';
import type { ModelToExport } from './exportModel.ts';
import type { ExportStage } from './exportState.ts';
import { compareGolden, joinGolden, type GoldenPicture } from './goldenAnswers.ts';
import { inBatches } from './inBatches.ts';
import type { Services } from './store.ts';

/** Enough for the range of every layer; more change little. */
const MAX_CALIBRATION_PHOTOS = 100;
/** Enough to tell a loss of a few points. */
const MAX_MEASURED_PHOTOS = 200;
const BATCH_SIZE = 20;

export type ReportStage = (done: number, total: number, stage: ExportStage) => void;

export interface QuantisedExport {
  readonly packed: PackedFiles;
  readonly report: QuantisedReport;
}

/**
 * Writes a model of 8 bits for the photos that the run was trained on, and counts what it loses on held-out
 * ones. Errors: no-photos-left, export-unreadable, unsupported-layer, cancelled.
 */
export async function exportQuantised(
  { base, head, check, withZip }: Pick<Services, 'base' | 'head' | 'check' | 'withZip'>,
  { run: { headId, samples }, format, modelName }: ModelToExport,
  signal: AbortSignal,
  onStage: ReportStage,
): Promise<QuantisedExport> {
  const train = samples.filter(({ part }) => part === 'train');
  const heldOut = samples.filter(({ part }) => part !== 'train');
  const following = { headId, signal, onStage };

  const chosen = spreadOverClasses(train, MAX_CALIBRATION_PHOTOS);
  const calibration = joinGolden(await predictAll(base, chosen, following));
  const { files } = await head(
    'exportModel',
    { headId, format, modelName, calibration },
    {
      signal,
      onProgress: ({ done, total }) => {
        onStage(done, total, 'calibrating');
      },
    },
  );

  const measured = spreadOverClasses(heldOut.length > 0 ? heldOut : train, MAX_MEASURED_PHOTOS);
  // Whether it could be loaded is told by the check itself.
  check('prepareCheck', { format }, { signal }).catch(() => undefined);
  const photos = await predictAll(base, measured, following);
  const { golden: drawn, files: drawings } = await base('drawGolden', { headId });
  const golden = joinGolden([...photos, drawn]);
  onStage(0, 0, 'measuring');
  const { imageHashes, probabilities } = golden;
  const { answers } = await check('checkExport', { format, files, golden }, { signal });
  const before = probabilities.subarray(0, probabilities.length - drawn.probabilities.length);
  const report = reportQuantised(headId, measured, { imageHashes, before, after: answers });
  const { pictures } = compareGolden(golden, answers, drawings);
  const packed = await packFiles(withZip, [...files, reportFile(report, pictures), ...drawings]);
  return { packed, report };
}

interface Following {
  readonly headId: HeadId;
  readonly signal: AbortSignal;
  readonly onStage: ReportStage;
}

/** What the app answers for all photos that are still there, a few at a time. */
async function predictAll(
  base: Services['base'],
  samples: readonly { readonly imageHash: Sha256 }[],
  { headId, signal, onStage }: Following,
): Promise<[GoldenAnswers, ...GoldenAnswers[]]> {
  const parts: GoldenAnswers[] = [];
  let done = 0;
  for await (const batch of inBatches(samples, BATCH_SIZE)) {
    throwIfCancelled(signal);
    onStage(done, samples.length, 'predicting');
    const imageHashes = batch.map(({ imageHash }) => imageHash);
    const part = await base('predictGolden', { headId, imageHashes });
    if (part.imageHashes.length > 0) parts.push(part);
    done += batch.length;
  }
  const [first, ...others] = parts;
  if (first === undefined) throw new GraftError('no-photos-left', 'No photo of the run is left');
  return [first, ...others];
}

/** `measured.json`: what the user was told before saving, and the app's answers for the drawings. */
function reportFile(
  { numPhotos, agreement, accuracy }: QuantisedReport,
  golden: readonly GoldenPicture[],
): ExportFile {
  const text = JSON.stringify({ numPhotos, agreement, accuracy, golden }, null, 2);
  return { path: 'measured.json', bytes: new Blob([text]) };
}
