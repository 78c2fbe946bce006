import type { IDBPTransaction, StoreNames } from 'idb';
import type { Cut } from '../domain/cut.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import type { GraftSchema } from './schema.ts';

type Upgrade = IDBPTransaction<GraftSchema, StoreNames<GraftSchema>[], 'versionchange'>;

/** Version 1 cut a base at one layer and always averaged. */
interface FormerCut {
  readonly cutPosition: number;
}

/** Version 1 had one factor and one shift for all channels, which were always red, green, blue. */
type FormerSpec = Omit<PreprocessingSpec, 'channelOrder' | 'scale' | 'offset'> & {
  readonly scale: number;
  readonly offset: number;
};

type FormerClassifier = Omit<ClassifierSpec, 'cut' | 'preprocessing'> &
  FormerCut & { readonly pooling: 'global-average'; readonly preprocessing: FormerSpec };

/** Rewrites projects, runs and heads in today's terms. */
export async function cutAndRangeFromVersion1(upgrade: Upgrade): Promise<void> {
  for await (const cursor of upgrade.objectStore('projects')) {
    const { cutPosition, ...rest } = cursor.value as typeof cursor.value & FormerCut;
    await cursor.update({ ...rest, cut: cutAt(cutPosition) });
  }
  for (const store of ['runs', 'heads'] as const) {
    for await (const cursor of upgrade.objectStore(store)) {
      const former = cursor.value.classifier as unknown as FormerClassifier;
      await cursor.update({ ...cursor.value, classifier: classifierOf(former) });
    }
  }
}

function cutAt(position: number): Cut {
  return { positions: [position], pooling: 'global-average' };
}

function classifierOf(former: FormerClassifier): ClassifierSpec {
  const { baseId, graphHash, labels, preprocessing, cutPosition } = former;
  const { scale, offset, ...rest } = preprocessing;
  return {
    baseId,
    graphHash,
    labels,
    cut: cutAt(cutPosition),
    preprocessing: { ...rest, channelOrder: 'rgb', scale: [scale], offset: [offset] },
  };
}
