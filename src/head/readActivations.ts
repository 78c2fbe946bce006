import type { ActivationSpace } from '../domain/activationKey.ts';
import { viewKey } from '../domain/augmentation.ts';
import { GraftError } from '../domain/errors.ts';
import { decodeFloat16 } from '../domain/float16.ts';
import type { ClassifierSpec, RunSample, TrainingRun } from '../domain/trainingRun.ts';
import { getActivations } from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import type { LabelledActivations } from './trainingSet.ts';

type StoredSpace = Pick<ClassifierSpec, 'graphHash' | 'cut' | 'preprocessing'>;
type LabelledPhoto = Pick<RunSample, 'imageHash' | 'classIndex'>;

/**
 * The stored activations of `samples`, in their order; all zero samples give `activations` of length 0.
 * Errors: not-found {missing} where activations were never computed or have been evicted.
 */
export async function readActivations(
  database: Database,
  classifier: StoredSpace,
  samples: readonly RunSample[],
): Promise<LabelledActivations> {
  return readViews(database, classifier, samples, ['original']);
}

/** The same of one view of the photos. */
export async function readView(
  database: Database,
  classifier: StoredSpace,
  samples: readonly LabelledPhoto[],
  view: ActivationSpace['view'],
): Promise<LabelledActivations> {
  return readViews(database, classifier, samples, [view]);
}

/** The same, each photo's row followed by those of the views that the run is to be trained on. */
export async function readWithViews(
  database: Database,
  { classifier, augmentation }: Pick<TrainingRun, 'classifier' | 'augmentation'>,
  samples: readonly RunSample[],
): Promise<LabelledActivations> {
  if (augmentation === undefined) return readActivations(database, classifier, samples);
  const indices = [...Array(augmentation.numViews).keys()];
  const views = indices.map((index) => viewKey(augmentation, index));
  return readViews(database, classifier, samples, ['original', ...views]);
}

async function readViews(
  database: Database,
  { graphHash, cut, preprocessing }: StoredSpace,
  samples: readonly LabelledPhoto[],
  views: readonly ActivationSpace['view'][],
): Promise<LabelledActivations> {
  const hashes = samples.map(({ imageHash }) => imageHash);
  const stored = await Promise.all(
    views.map((view) => getActivations(database, { graphHash, cut, preprocessing, view }, hashes)),
  );
  const rows = samples.flatMap((_, sample) => stored.map((ofView) => ofView[sample]));
  const found = rows.filter((row) => row !== undefined);
  const missing = rows.length - found.length;
  if (missing > 0) {
    throw new GraftError('not-found', 'Some activations have not been computed', { missing });
  }
  const rowsPerPhoto = views.length;
  return {
    activations: stackRows(found),
    classIndices: Int32Array.from(
      found,
      (_, row) => samples[Math.floor(row / rowsPerPhoto)]?.classIndex ?? -1,
    ),
    rowsPerPhoto,
  };
}

function stackRows(rows: readonly Uint16Array[]): Float32Array {
  const activationSize = rows[0]?.length ?? 0;
  const matrix = new Float32Array(rows.length * activationSize);
  for (const [index, row] of rows.entries()) {
    if (row.length !== activationSize) {
      throw new GraftError('internal', 'Activations of one space differ in size');
    }
    matrix.set(decodeFloat16(row), index * activationSize);
  }
  return matrix;
}
