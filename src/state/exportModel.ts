import { aborted } from '../bridge/aborted.ts';
import type { ExportFile } from '../bridge/exportFile.ts';
import { GraftError } from '../domain/errors.ts';
import { FORMAT_FACTS, type AnsweredProof, type ModelFormat } from '../domain/exportFormat.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import { packFiles, type PackedFiles } from '../intake/packFiles.ts';
import type { ExportStage } from './exportState.ts';
import { compareGolden, type ComparedGolden } from './goldenAnswers.ts';
import type { AskHeadGolden, HeadGolden } from './headGolden.ts';
import type { Services } from './store.ts';

export interface ModelToExport {
  readonly run: CompletedRun;
  readonly format: ModelFormat;
  readonly modelName: string;
}

export interface ModelServices extends Pick<Services, 'head' | 'check' | 'withZip'> {
  readonly askGolden: AskHeadGolden;
}

export interface ProvenExport {
  readonly packed: PackedFiles;
  readonly proof: AnsweredProof;
}

/**
 * Writes a model's files and has them answer what the app answers. Errors: export-differs {difference,
 * tolerance, runtime} where they do not, export-unreadable, unsupported-layer, cancelled.
 */
export async function exportModel(
  services: ModelServices,
  { run, format, modelName }: ModelToExport,
  signal: AbortSignal,
  onStage: (stage: ExportStage) => void,
): Promise<ProvenExport> {
  const { askGolden, head, check, withZip } = services;
  onStage('writing');
  // Whether it could be loaded is told by the check itself.
  check('prepareCheck', { format }, { signal }).catch(() => undefined);
  // Workers of their own, which need not wait for each other.
  const written = Promise.all([
    askGolden(run),
    head('exportModel', { headId: run.headId, format, modelName }),
  ]);
  // What is being written cannot be stopped, but nobody has to wait for it.
  const [expected, { files }] = await Promise.race([written, aborted(signal)]);
  onStage('checking');
  const proving = prove(check, { run, format, files, expected }, signal);
  // Compressed meanwhile by a third worker.
  const added = proving.then((proven) => proven.files);
  const [packed, { proof }] = await Promise.all([packFiles(withZip, files, added), proving]);
  return { packed, proof };
}

interface WrittenModel extends Pick<ModelToExport, 'run' | 'format'> {
  readonly files: readonly ExportFile[];
  readonly expected: HeadGolden;
}

/** The proof, and the files that repeat it for others. Errors: export-differs, export-unreadable, cancelled. */
async function prove(
  check: Services['check'],
  { run: { headId }, format, files, expected: { golden, numPhotos, drawings } }: WrittenModel,
  signal: AbortSignal,
): Promise<{ readonly proof: AnsweredProof; readonly files: readonly ExportFile[] }> {
  const { largestDifference, answers } = await check(
    'checkExport',
    { format, files, golden },
    { signal },
  );
  const { tolerance, runtime } = FORMAT_FACTS[format];
  if (!(largestDifference <= tolerance)) {
    const difference = Number(largestDifference.toPrecision(2));
    const message = `${runtime} differs by ${String(difference)}`;
    throw new GraftError('export-differs', message, { difference, tolerance, runtime });
  }
  const proof = { format, headId, largestDifference, numPhotos };
  // The one page is one file, for people without a tool that could repeat the check.
  if (format === 'web-page') return { proof, files: [] };
  const compared = compareGolden(golden, answers, drawings);
  return { proof, files: [proofFile(proof, compared), ...drawings] };
}

/** `verified.json`: what the app answered for the drawings, and how near the file came; no word of what photos show. */
function proofFile(
  { format, largestDifference, numPhotos }: AnsweredProof,
  { photos, pictures }: ComparedGolden,
): ExportFile {
  const { runtime, tolerance, proof } = FORMAT_FACTS[format];
  const text = JSON.stringify(
    {
      ...{ format, proof, runtime, tolerance, largestDifference },
      photos: { number: numPhotos, largestDifference: photos },
      golden: pictures,
    },
    null,
    2,
  );
  return { path: 'verified.json', bytes: new Blob([text]) };
}
