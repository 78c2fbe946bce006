import type { ExportFile } from '../bridge/exportFile.ts';
import type { BackendChoice } from '../domain/backend.ts';
import { throwIfCancelled, GraftError } from '../domain/errors.ts';
import { needsPhotos, type ComparedProof, type DataFormat } from '../domain/exportFormat.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import { missingActivations } from '../storage/activations.ts';
import { listRunPhotos, type RunPhoto } from '../storage/runPhotos.ts';
import { packFiles, type PackedFiles } from '../intake/packFiles.ts';
import type { ReportStage } from './exportQuantised.ts';
import type { ExportStage } from './exportState.ts';
import type { Services } from './store.ts';

export interface DataToExport {
  readonly run: CompletedRun;
  readonly format: DataFormat;
  readonly modelName: string;
  /** For photos whose activations are gone. */
  readonly backend: BackendChoice;
}

export interface ComparedExport {
  readonly packed: PackedFiles;
  readonly proof: ComparedProof;
}

/**
 * Writes what is stored of a run as files and has every value compared with what is stored. Photos that are
 * deleted or cannot be read are left out. Errors: no-photos-left, data-differs, data-unreadable, cancelled,
 * and those of reading the base.
 */
export async function exportData(
  services: Services,
  { run, format, modelName, backend }: DataToExport,
  signal: AbortSignal,
  onStage: ReportStage,
): Promise<ComparedExport> {
  const during = (stage: ExportStage) => ({
    signal,
    onProgress: ({ done, total }: { readonly done: number; readonly total: number }) => {
      onStage(done, total, stage);
    },
  });
  const isOfPhotos = needsPhotos(format);
  const photos = isOfPhotos ? await readablePhotos(services, run, backend, during) : [];
  if (isOfPhotos && photos.length === 0) {
    throw new GraftError('no-photos-left', 'No photo of the run is left');
  }
  const sprites: ExportFile[] = [];
  if (format === 'projector') {
    const imageHashes = photos.map(({ imageHash }) => imageHash);
    const { sprite } = await services.base('drawSprite', { imageHashes }, during('drawing'));
    sprites.push({ path: 'sprite.png', bytes: sprite });
  }
  const sampleIds = photos.map(({ sampleId }) => sampleId);
  const subject = { headId: run.headId, format, sampleIds };
  onStage(0, 0, 'writing');
  const written = await services.head('exportData', { ...subject, modelName }, during('writing'));
  throwIfCancelled(signal);
  const files = [...written.files, ...sprites];
  onStage(0, 0, 'comparing');
  const { numValues } = await services.check(
    'compareData',
    { ...subject, files },
    during('comparing'),
  );
  const numLeftOut = isOfPhotos ? run.samples.length - photos.length : 0;
  const packed = await packFiles(services.withZip, files);
  return { packed, proof: { format, headId: run.headId, numValues, numLeftOut } };
}

/** The run's photos that are still there, once their activations are stored: what is missing is computed, as for training. */
async function readablePhotos(
  { base, database }: Services,
  run: CompletedRun,
  backend: BackendChoice,
  during: (stage: ExportStage) => object,
): Promise<RunPhoto[]> {
  const { baseId, graphHash, cut, preprocessing } = run.classifier;
  const photos = await listRunPhotos(database, run);
  const space = { graphHash, cut, preprocessing, view: 'original' } as const;
  const hashes = photos.map(({ imageHash }) => imageHash);
  const missing = await missingActivations(database, space, hashes);
  if (missing.length === 0) return photos;
  const { framing } = preprocessing;
  const params = { baseId, cut, framing, preprocessing, backend, imageHashes: missing };
  await base('embedSamples', params, during('embedding'));
  const unreadable = new Set(await missingActivations(database, space, missing));
  return photos.filter(({ imageHash }) => !unreadable.has(imageHash));
}
