import type { ActivationSpace } from '../domain/activationKey.ts';
import { NO_OUTCOMES, type Head } from '../domain/head.ts';
import { DEFAULT_HEAD_CONFIG } from '../domain/headConfig.ts';
import type {
  BaseId,
  ClassLabelId,
  HeadId,
  ProjectId,
  RunId,
  SampleId,
  Sha256,
} from '../domain/ids.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { ClassifierSpec, CompletedRun } from '../domain/trainingRun.ts';
import type { NewImage } from './images.ts';

/** Rows for tests, small and valid; `changes` says what the test is about. */

export function projectOf(id: string, changes: Partial<Project> = {}): Project {
  return {
    id: id as ProjectId,
    name: id,
    createdAt: 1,
    updatedAt: 1,
    deletedAt: null,
    baseId: 'starter' as BaseId,
    cut: { positions: [10], pooling: 'global-average' },
    framing: 'centre-square',
    classLabels: [],
    headConfig: DEFAULT_HEAD_CONFIG,
    ...changes,
  };
}

export function sampleOf(
  id: string,
  projectId: ProjectId,
  imageHash: string,
  changes: Partial<Sample> = {},
): Sample {
  return {
    id: id as SampleId,
    projectId,
    classLabelId: 'class' as ClassLabelId,
    imageHash: imageHash as Sha256,
    fileName: `${id}.jpg`,
    source: 'file',
    width: 4,
    height: 3,
    addedAt: 1,
    deletedAt: null,
    split: 'auto',
    ...changes,
  };
}

export function imageOf(hash: string, text = hash): NewImage {
  return { hash: hash as Sha256, blob: new Blob([text]) };
}

const preprocessing = {
  version: 1,
  inputHeight: 128,
  inputWidth: 128,
  framing: 'centre-square',
  channelOrder: 'rgb',
  scale: [1 / 127.5],
  offset: [-1],
} as const;

const classifier: ClassifierSpec = {
  baseId: 'starter' as BaseId,
  graphHash: 'f'.repeat(64) as Sha256,
  cut: { positions: [10], pooling: 'global-average' },
  preprocessing,
  labels: [],
};

export function runOf(
  id: string,
  projectId: ProjectId,
  changes: Partial<CompletedRun> = {},
): CompletedRun {
  return {
    id: id as RunId,
    projectId,
    startedAt: 1,
    appVersion: '0.1.0',
    config: DEFAULT_HEAD_CONFIG,
    classifier,
    samples: [],
    epochs: [],
    status: 'completed',
    isStoppedEarly: false,
    headId: 'head' as HeadId,
    finishedAt: 2,
    durationMs: 1,
    backend: 'wasm',
    evaluations: { validation: null, test: null },
    ...changes,
  };
}

export function headOf(id: HeadId): Head {
  return {
    id,
    runId: 'run' as RunId,
    classifier,
    weights: { kernel: new Float32Array(4), bias: new Float32Array(2) },
    heldOut: NO_OUTCOMES,
  };
}

export function spaceOf(position: number): ActivationSpace {
  const { graphHash, cut } = classifier;
  return { graphHash, cut: { ...cut, positions: [position] }, preprocessing, view: 'original' };
}
