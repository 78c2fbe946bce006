import type { IDBPTransaction, StoreNames } from 'idb';
import type { BaseModel } from '../domain/baseModel.ts';
import type { Cut } from '../domain/cut.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
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

/** Version 1 had the weights of a TF.js model end to end, however many files they had come in. */
interface FormerBase {
  readonly id: BaseId;
  readonly modelJson: string;
  readonly weights: ArrayBuffer;
  readonly storedAt: number;
}

/** The only base that version 1 could download. */
const FORMER_DOWNLOAD: BaseModel = {
  id: 'mobilenet-v2-0.35-224' as BaseId,
  name: 'MobileNetV2 0.35',
  origin: 'catalogue',
  format: 'tfjs-layers',
  addresses: [
    'https://storage.googleapis.com/teachable-machine-models/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top/model.json',
  ],
  graphHash: '61688af4cb24408eed08a2236b595d8630375c6aecf1556692ad07ce47816eb1' as Sha256,
  isVerified: true,
  architecture: null,
  isOpaque: false,
  sizeBytes: 1_739_692,
  isSizeExact: true,
  numParameters: 410_208,
  inputHeight: 224,
  inputWidth: 224,
  pixelRange: { channelOrder: 'rgb', scale: [1 / 127.5], offset: [-1] },
  isPixelRangeGuessed: false,
  defaultCut: { positions: [154], pooling: 'global-average' },
  quality: 'good',
  purpose: 'small',
  licence: 'Apache-2.0',
  selfTestUrl: null,
};

/** Rewrites the downloaded base as the files that it would be now. */
export async function basesFromVersion1(upgrade: Upgrade): Promise<void> {
  for await (const cursor of upgrade.objectStore('bases')) {
    const { id, modelJson, weights, storedAt } = cursor.value as unknown as FormerBase;
    if (id !== FORMER_DOWNLOAD.id) {
      await cursor.delete();
      continue;
    }
    const files = [
      { name: 'model.json', blob: new Blob([withOneWeightFile(modelJson)]) },
      { name: 'weights.bin', blob: new Blob([weights]) },
    ];
    await cursor.update({ id, base: FORMER_DOWNLOAD, files, storedAt });
  }
}

function withOneWeightFile(modelJson: string): string {
  // Version 1 has read this text, so that its parts are known to be there.
  const model = JSON.parse(modelJson) as {
    readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
  };
  const weights = model.weightsManifest.flatMap((group) => group.weights);
  return JSON.stringify({ ...model, weightsManifest: [{ paths: ['weights.bin'], weights }] });
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
