import type { Augmentation } from '../../domain/augmentation.ts';
import { baseIdOf } from '../../domain/baseIdOf.ts';
import type { Head } from '../../domain/head.ts';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type DeeperConfig,
} from '../../domain/headConfig.ts';
import type { ClassLabelId, HeadId, ProjectId, RunId, SampleId, Sha256 } from '../../domain/ids.ts';
import { evaluate } from '../../domain/metrics.ts';
import type { Project, Sample } from '../../domain/project.ts';
import { DEFAULT_SCRATCH_FIT } from '../../domain/scratchFit.ts';
import { sha256 } from '../../domain/sha256.ts';
import type { ClassifierSpec, TrainingRun } from '../../domain/trainingRun.ts';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../domain/twoConvolutions.ts';
import type { ArchivedBase } from './baseFiles.ts';
import type { ArchiveInput } from './writeArchive.ts';

const daisy = 'class-daisy' as ClassLabelId;
const roses = 'class-roses' as ClassLabelId;
const projectId = 'project-1' as ProjectId;

const graphHash = 'ab'.repeat(32) as Sha256;

const labels = [
  { id: daisy, name: '<b>Daisy</b>', colorIndex: 0 },
  { id: roses, name: '玫瑰', colorIndex: 3 },
];

const AUGMENTATION: Augmentation = {
  numViews: 3,
  seed: 4294967295,
  flips: 'both',
  crop: 0.25,
  rotationDegrees: 15,
  colour: 0.3,
  hueDegrees: 5,
  blur: 0.01,
  erasing: 0.125,
};

const project: Project = {
  id: projectId,
  name: 'Flowers "2026"',
  createdAt: 1_000,
  updatedAt: 2_000,
  deletedAt: null,
  baseId: baseIdOf(graphHash),
  cut: { positions: [12, 54], pooling: 'average-and-spread' },
  framing: 'padded',
  classLabels: labels,
  headConfig: { ...DEFAULT_GRADIENT_CONFIG, epochs: 7, seed: 42 },
  augmentation: AUGMENTATION,
  averaging: 'mirror-and-crops',
};

const classifier: ClassifierSpec = {
  baseId: project.baseId,
  graphHash,
  cut: { positions: [54], pooling: 'global-average' },
  preprocessing: {
    version: 1,
    inputHeight: 96,
    inputWidth: 128,
    framing: 'padded',
    channelOrder: 'bgr',
    scale: [1],
    offset: [-103.939, -116.779, -123.68],
  },
  labels,
};

const DEEPER_CONFIG: DeeperConfig = {
  ...DEFAULT_DEEPER_CONFIG,
  start: { positions: [48], pooling: 'flatten', layer: 'block_15_add' },
  batchNorm: 'trained',
  dropout: 0.25,
  optimizer: { kind: 'momentum', momentum: 0.5 },
  labelSmoothing: 0.1,
  classWeights: { kind: 'balanced' },
};

const ownBase: ArchivedBase = {
  graphHash,
  name: 'Eyes of my own',
  training: {
    projectName: 'Digits',
    classNames: ['0', '1', '2'],
    settings: { ...DEFAULT_TWO_CONVOLUTIONS, inputSize: 20, isGrey: true, filters: 1, units: 2 },
    fit: { ...DEFAULT_SCRATCH_FIT, learningRate: 0.003 },
    validationAccuracy: null,
  },
  files: [
    { name: 'model.json', read: () => Promise.resolve(new Blob(['{}'])) },
    { name: 'weights.bin', read: () => Promise.resolve(new Blob(['12345678'])) },
  ],
};

function sampleOf(number: number, imageHash: Sha256): Sample {
  return {
    id: `sample-${number}` as SampleId,
    projectId,
    classLabelId: number % 2 === 0 ? daisy : roses,
    imageHash,
    fileName: `../flowers/${number}.jpg`,
    source: 'file',
    width: 640,
    height: 480,
    addedAt: 3_000 + number,
    deletedAt: null,
    split: number === 0 ? 'test' : 'auto',
  };
}

function completedRun(samples: readonly Sample[]): TrainingRun {
  const probabilities = [0.75, 0.25, 0.5, 0.5];
  return {
    id: 'run-1' as RunId,
    projectId,
    startedAt: 4_000,
    appVersion: '0.1.0',
    config: { ...DEFAULT_EXACT_CONFIG, scaling: 'centred' },
    augmentation: { ...AUGMENTATION, numViews: 1, flips: 'across' },
    chosen: { scaling: 'centred', l2: 0.04 },
    classifier,
    samples: samples.map(({ id, imageHash }, index) => ({
      sampleId: id,
      imageHash,
      classIndex: index % 2,
      part: index < 2 ? 'validation' : 'train',
    })),
    epochs: [
      {
        epoch: 1,
        loss: 0.7,
        accuracy: 0.5,
        validationLoss: null,
        validationAccuracy: null,
        durationMs: 3.5,
      },
      {
        epoch: 2,
        loss: 0.6,
        accuracy: 1,
        validationLoss: 0.65,
        validationAccuracy: 0.5,
        durationMs: 3,
      },
    ],
    status: 'completed',
    isStoppedEarly: true,
    headId: 'head-1' as HeadId,
    finishedAt: 5_000,
    durationMs: 6.5,
    backend: 'wasm',
    evaluations: {
      validation: evaluate({ trueIndices: [0, 1], probabilities, numClasses: 2 }),
      test: null,
    },
    averagings: [
      {
        averaging: 'mirror',
        validation: {
          accuracy: 0.5,
          interval: { low: 0.1, high: 0.9 },
          lead: { value: -0.5, low: -1, high: 0.25 },
        },
        test: null,
      },
      { averaging: 'crops', validation: null, test: null },
    ],
  };
}

function headOf(samples: readonly Sample[]): Head {
  const heldOut = samples.slice(0, 2);
  return {
    id: 'head-1' as HeadId,
    runId: 'run-1' as RunId,
    classifier,
    weights: {
      kernel: Float32Array.from([0.1, -0.2, 1e-30, 3.5, -0, 7]),
      bias: Float32Array.from([-1, 1]),
    },
    tuned: [
      { position: 52, role: 'kernel', shape: [1, 1, 2, 2], values: Float32Array.of(1, -2, 0.5, 4) },
      { position: 53, role: 'beta', shape: [2], values: Float32Array.of(0.25, -0.125) },
    ],
    heldOut: {
      sampleIds: heldOut.map(({ id }) => id),
      imageHashes: heldOut.map(({ imageHash }) => imageHash),
      parts: ['validation', 'validation'],
      trueIndices: [0, 1],
      probabilities: Float32Array.from([0.75, 0.25, 0.5, 0.5]),
    },
  };
}

/** A small project with everything an archive can hold; two of its four photos are the same picture. */
export async function archiveInput(): Promise<ArchiveInput> {
  const blobs = ['daisy', 'rose', 'rosebud'].map((text, index) => {
    return new Blob([text], { type: ['image/jpeg', 'image/png', ''][index] ?? '' });
  });
  const images = new Map<Sha256, Blob>();
  for (const blob of blobs) images.set(await sha256(await blob.arrayBuffer()), blob);
  const samples = [...images.keys(), ...[...images.keys()].slice(0, 1)].map((hash, index) =>
    sampleOf(index, hash),
  );
  const done = completedRun(samples);
  const { id, startedAt, appVersion, config, samples: runSamples, epochs } = done;
  const facts = {
    id,
    projectId,
    startedAt,
    appVersion,
    config,
    classifier,
    samples: runSamples,
    epochs,
  };
  return {
    project,
    samples,
    runs: [
      done,
      {
        ...facts,
        id: 'run-2' as RunId,
        config: DEEPER_CONFIG,
        status: 'cancelled',
        finishedAt: 6_000,
      },
      {
        ...facts,
        id: 'run-3' as RunId,
        config: project.headConfig,
        status: 'failed',
        finishedAt: 6_000,
        code: 'loss-not-finite',
      },
      { ...facts, id: 'run-4' as RunId, status: 'running' },
    ],
    heads: [headOf(samples)],
    bases: [ownBase],
    appVersion: '0.1.0',
    getImage: (hash) => Promise.resolve(images.get(hash)),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}
