import type { Evaluation } from '../domain/evaluation.ts';
import { openBase } from '../engine/openBase.ts';
import { getStoredBase } from '../storage/bases.ts';
import { getProject } from '../storage/projects.ts';
import { dataFile, dataJson, type DataUnderCheck } from './dataUnderCheck.ts';
import { readTables } from './readTables.ts';

/** Compares both forms of the model card with the run that it is about. Errors: Error, those of opening the base. */
export async function compareModelCard(data: DataUnderCheck): Promise<void> {
  const { files, comparison } = data;
  const card = await dataJson(files, 'model_card.json');
  comparison.json('model_card.json', card, await expectedCard(data));
  const text = await dataFile(files, 'MODEL_CARD.md').text();
  compareTables(data, readTables(text));
}

/** As JSON gives it back. */
async function expectedCard(data: DataUnderCheck): Promise<unknown> {
  const { database, run } = data;
  const { baseId, graphHash, cut } = run.classifier;
  const { base } = await openBase(baseId, await getStoredBase(database, baseId));
  const project = await getProject(database, run.projectId);
  const card = {
    formatVersion: 1,
    name: project?.name,
    trainedAt: new Date(run.finishedAt).toISOString(),
    appVersion: run.appVersion,
    base: { name: base.name, licence: base.licence, graphHash, cut },
    classes: photoCounts(data),
    training: {
      settings: run.config,
      chosen: run.chosen ?? null,
      numEpochs: run.epochs.length,
      isStoppedEarly: run.isStoppedEarly,
      durationMs: Math.round(run.durationMs),
      backend: run.backend,
    },
    heldOut: heldOutOf(data),
  };
  return JSON.parse(JSON.stringify(card)) as unknown;
}

function photoCounts({ run: { classifier, samples } }: DataUnderCheck) {
  const counts = classifier.labels.map(({ name }) => ({ name, train: 0, validation: 0, test: 0 }));
  for (const { classIndex, part } of samples) {
    const count = counts[classIndex];
    if (count !== undefined) count[part]++;
  }
  return counts;
}

function heldOutOf({ run: { evaluations } }: DataUnderCheck) {
  const part = evaluations.test === null ? 'validation' : 'test';
  const evaluation: Evaluation | null = evaluations[part];
  if (evaluation === null) return null;
  const { numSamples, accuracy, interval, confusionMatrix, perClass } = evaluation;
  return { part, numSamples, accuracy, interval, confusionMatrix, perClass };
}

/** The photos of each class and, where some were held out, its measures and what it was taken for. */
function compareTables(data: DataUnderCheck, tables: readonly (readonly string[][])[]): void {
  const { comparison } = data;
  const heldOut = heldOutOf(data);
  const counts = photoCounts(data);
  const names = counts.map(({ name }) => name.replaceAll(/\s+/g, ' ').trim());
  const expected = [counts.map(({ train, validation, test }) => [train, validation, test])];
  if (heldOut !== null) {
    const { perClass, confusionMatrix } = heldOut;
    const percents = (...shares: number[]) =>
      shares.map((share) => Number((share * 100).toFixed(1)));
    expected.push(
      perClass.map(({ precision, recall, f1, support }) => [
        ...percents(precision, recall, f1),
        support,
      ]),
      confusionMatrix.map((row) => [...row]),
    );
  }
  comparison.value('MODEL_CARD.md', tables.length, expected.length);
  for (const [i, rows] of expected.entries()) {
    const found = tables[i] ?? [];
    comparison.values(
      'MODEL_CARD.md',
      found.map(([name = '']) => name),
      names,
    );
    comparison.values(
      'MODEL_CARD.md',
      found.flatMap(([, ...cells]) => cells.map(parseFloat)),
      rows.flat(),
    );
  }
}
