import type { PredictMethods } from '../bridge/predictMethods.ts';
import { averagingOf } from '../domain/averaging.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { HeadId } from '../domain/ids.ts';
import type { ProblemFile } from '../domain/photoProblem.ts';
import { csvText } from '../domain/csv.ts';
import type { RunLabel } from '../domain/trainingRun.ts';
import { dropEntries, fileEntries } from '../intake/entries.ts';
import type { IntakeEntry } from '../intake/entry.ts';
import { expandZips } from '../intake/expandZips.ts';
import { getHead } from '../storage/heads.ts';
import type { PredictedFile, PredictSlice } from './appState.ts';
import { inBatches } from './inBatches.ts';
import { notifyFailure } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';

const BATCH_SIZE = 16;

function rejectedFile({ fileName, problem, detail }: ProblemFile): PredictedFile {
  const prediction = { status: 'rejected', problem, detail } as const;
  return { fileName, picture: new Blob(), prediction };
}

function csvRows(files: readonly PredictedFile[], labels: readonly RunLabel[]): string[][] {
  const names = labels.map(({ name }) => name);
  const rows = files.map(({ fileName, prediction }) => {
    if (prediction.status === 'rejected') return [fileName, '', '', prediction.problem];
    const { probabilities } = prediction;
    const best = probabilities.indexOf(Math.max(...probabilities));
    const values = probabilities.map((probability) => probability.toFixed(6));
    return [fileName, names[best] ?? '', values[best] ?? '', '', ...values];
  });
  return [['file', 'class', 'probability', 'problem', ...names], ...rows];
}

export function createPredictSlice({ set, get, services }: SliceContext): PredictSlice {
  let controller: AbortController | null = null;
  /** Head that `predictedFiles` come from, and what it was averaged over. */
  let shownModel: string | null = null;

  const addRows = (rows: readonly PredictedFile[]) => {
    set(({ predictedFiles }) => ({ predictedFiles: [...predictedFiles, ...rows] }));
  };

  const predictBatch = async (
    model: Pick<PredictMethods['predictPhotos']['params'], 'headId' | 'averaging'>,
    entries: readonly IntakeEntry[],
    signal: AbortSignal,
  ) => {
    const pictures = await Promise.all(entries.map((entry) => entry.read().catch(() => null)));
    const readable = pictures.filter((picture) => picture !== null);
    const { predictions } = await services.base(
      'predictPhotos',
      { ...model, backend: get().backendChoice, files: readable },
      { signal },
    );
    const answers = predictions.values();
    return entries.map(({ path: fileName }, index): PredictedFile => {
      const picture = pictures[index] ?? null;
      const prediction = picture === null ? undefined : answers.next().value;
      return picture === null || prediction === undefined
        ? rejectedFile({ fileName, problem: 'unreadable', detail: null })
        : { fileName, picture, prediction };
    });
  };

  const run = async (headId: HeadId, source: AsyncIterable<IntakeEntry>) => {
    if (controller !== null) return;
    controller = new AbortController();
    const { signal } = controller;
    set({ batch: { status: 'running', done: 0, total: 0 } });
    try {
      const { labels } = (await getHead(services.database, headId)).classifier;
      const averaging = averagingOf(get().project ?? {});
      // Answers of another head stand for other classes, and of other views for other probabilities.
      const model = `${headId} ${averaging}`;
      if (model !== shownModel) set({ predictedFiles: [], predictedLabels: labels });
      shownModel = model;
      const entries: IntakeEntry[] = [];
      for await (const item of expandZips(source)) {
        if (item.kind === 'entry') entries.push(item.entry);
        else addRows([rejectedFile(item.problem)]);
      }
      let done = 0;
      for await (const batch of inBatches(entries, BATCH_SIZE)) {
        throwIfCancelled(signal);
        const predicted = await predictBatch({ headId, averaging }, batch, signal);
        done += batch.length;
        addRows(predicted);
        set({ batch: { status: 'running', done, total: entries.length } });
      }
    } catch (thrown) {
      notifyFailure(set, thrown);
    } finally {
      controller = null;
      set({ batch: { status: 'idle' } });
    }
  };

  return {
    batch: { status: 'idle' },
    predictedFiles: [],
    predictedLabels: [],
    predictFrame: (headId, averaging, frame) =>
      services.base(
        'predictFrame',
        { headId, averaging, backend: get().backendChoice, frame },
        { transfer: [frame] },
      ),
    predictDrop: (headId, data) => run(headId, dropEntries(data)),
    predictFiles: (headId, files) => run(headId, fileEntries(files)),
    cancelPrediction: () => controller?.abort(),
    clearPredictions: () => {
      controller?.abort();
      shownModel = null;
      set({ predictedFiles: [], predictedLabels: [] });
    },
    predictionsCsv: () => {
      const { predictedFiles, predictedLabels } = get();
      return new Blob([csvText(csvRows(predictedFiles, predictedLabels))], { type: 'text/csv' });
    },
  };
}
