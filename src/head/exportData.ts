import type { DataMethods } from '../bridge/dataMethods.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import { activationSizeOf, type Head } from '../domain/head.ts';
import type { Sha256 } from '../domain/ids.ts';
import { createModelCard } from '../domain/modelCard.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { activationsNpz } from '../exporters/data/activationsNpz.ts';
import { asBlobs, blobFile, type BlobFile } from '../exporters/blobFile.ts';
import { headFiles } from '../exporters/data/headFiles.ts';
import type { PhotoRows } from '../exporters/data/photoRows.ts';
import { projectorFiles } from '../exporters/data/projectorFiles.ts';
import { modelCardFiles } from '../exporters/modelCardFiles.ts';
import { getActivations } from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { listRunPhotos } from '../storage/runPhotos.ts';
import { getRun } from '../storage/runs.ts';

type ExportData = DataMethods['exportData'];

export interface DataSources {
  readonly database: Database;
  readonly readBase: (classifier: Head['classifier']) => Promise<LoadedBase>;
}

/** In memory together: a few MB. */
const BATCH_SIZE = 256;

/** Numbers and documents of a run as files, out of storage. Errors: cancelled, not-found, those of readBase. */
export async function exportData(
  params: ExportData['params'],
  sources: DataSources,
  context: HandlerContext<ExportData['progress']>,
): Promise<ExportData['result']> {
  const { database } = sources;
  const head = await getHead(database, params.headId);
  const run = await getRun(database, head.runId);
  if (run.status !== 'completed') throw new GraftError('internal', 'The run has no model');
  const subject = { ...params, head, run };
  switch (params.format) {
    case 'safetensors':
      return { files: await modelFiles(subject, sources) };
    case 'model-card':
      return { files: cardFiles(subject, await sources.readBase(head.classifier)) };
    case 'activations-npz': {
      const rows = await readRows(subject, database, context);
      const npz = await activationsNpz(rows, aboutActivations(subject));
      return { files: [blobFile('activations.npz', npz)] };
    }
    case 'projector':
      return { files: await projectorFiles(await readRows(subject, database, context)) };
  }
}

type Subject = ExportData['params'] & { readonly head: Head; readonly run: CompletedRun };

async function modelFiles(subject: Subject, { readBase }: DataSources): Promise<BlobFile[]> {
  const { head, modelName } = subject;
  const loaded = await readBase(head.classifier);
  const { base, network: body } = loaded;
  return [...headFiles({ modelName, base, body, head }), ...cardFiles(subject, loaded)];
}

function cardFiles({ run, modelName }: Subject, { base }: LoadedBase): BlobFile[] {
  const files = modelCardFiles(createModelCard(run, base, modelName));
  return asBlobs(files);
}

/** Where activations come from, for who finds the file a year later. */
function aboutActivations({ modelName, head: { classifier, tuned = [] }, run }: Subject) {
  const { baseId, graphHash, cut, preprocessing } = classifier;
  return {
    formatVersion: 1,
    name: modelName,
    base: { id: baseId, graphHash },
    // Activations are those of the base as it came.
    tunedLayers: tuned.length > 0 ? 'not applied' : 'none',
    cut,
    preprocessing,
    trainedAt: new Date(run.finishedAt).toISOString(),
    appVersion: run.appVersion,
  };
}

async function readRows(
  { head, run, sampleIds }: Subject,
  database: Database,
  context: HandlerContext<ExportData['progress']>,
): Promise<PhotoRows> {
  const wanted = new Set(sampleIds);
  const all = await listRunPhotos(database, run);
  const photos = all.filter(({ sampleId }) => wanted.has(sampleId));
  const hashes = photos.map(({ imageHash }) => imageHash);
  return {
    photos,
    classNames: head.classifier.labels.map(({ name }) => name),
    activationSize: activationSizeOf(head.weights),
    batches: readBatches(database, run, hashes, context),
  };
}

async function* readBatches(
  database: Database,
  { classifier: { graphHash, cut, preprocessing } }: CompletedRun,
  imageHashes: readonly Sha256[],
  { signal, report }: HandlerContext<ExportData['progress']>,
): PhotoRows['batches'] {
  const space = { graphHash, cut, preprocessing, view: 'original' } as const;
  const total = imageHashes.length;
  for (let done = 0; done < total; done += BATCH_SIZE) {
    throwIfCancelled(signal);
    report({ done, total });
    const batch = imageHashes.slice(done, done + BATCH_SIZE);
    const rows = await getActivations(database, space, batch);
    const found = rows.filter((row) => row !== undefined);
    if (found.length < rows.length) {
      throw new GraftError('not-found', 'Some activations have not been computed');
    }
    yield found;
  }
}
