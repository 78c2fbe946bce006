import type { ReactElement } from 'react';
import { createStore } from 'zustand';
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
import { evaluate } from '../domain/metrics.ts';
import type { ClassLabel, Project, Sample } from '../domain/project.ts';
import type { CompletedRun, EpochMetrics, RunEvaluations } from '../domain/trainingRun.ts';
import type { AppState } from './appState.ts';
import { AppStoreContext } from './useAppState.ts';

/** The element with a store that holds what is given and nothing else. */
export function withState(state: Partial<AppState>, element: ReactElement): ReactElement {
  const store = createStore<AppState>(() => ({ ...EMPTY_STATE, ...state }) as AppState);
  return <AppStoreContext value={store}>{element}</AppStoreContext>;
}

const EMPTY_STATE: Partial<AppState> = {
  samples: [],
  runs: [],
  selectedRunId: null,
  bases: [],
  training: { status: 'idle' },
  lastEmbedding: null,
  transfer: { status: 'idle' },
  transferChecks: [],
  ownBase: { status: 'idle' },
  trainedBase: null,
  comparing: { status: 'idle' },
  scratchComparison: null,
  learningCurves: [],
  cutSweeps: [],
  backendChoice: 'auto',
  backendReport: null,
  batch: { status: 'idle' },
  predictedFiles: [],
  predictedLabels: [],
  averagingStatus: { status: 'idle' },
  saving: { status: 'idle' },
};

export const EXAMPLE_LABELS: readonly ClassLabel[] = ['Daisy', 'Rose'].map((name, index) => ({
  id: name.toLowerCase() as ClassLabelId,
  name,
  colorIndex: index,
}));

export const EXAMPLE_PROJECT: Project = {
  id: 'project-1' as ProjectId,
  name: 'Flowers',
  createdAt: 0,
  updatedAt: 0,
  deletedAt: null,
  baseId: 'starter' as BaseId,
  cut: { positions: [154], pooling: 'global-average' },
  framing: 'centre-square',
  classLabels: EXAMPLE_LABELS,
  headConfig: DEFAULT_HEAD_CONFIG,
};

export function exampleSample(name: string, classLabelId: ClassLabelId): Sample {
  return {
    id: name as SampleId,
    projectId: EXAMPLE_PROJECT.id,
    classLabelId,
    imageHash: name as Sha256,
    fileName: `${name}.jpg`,
    source: 'file',
    width: 4,
    height: 3,
    addedAt: 0,
    deletedAt: null,
    split: 'auto',
  };
}

export const EXAMPLE_EPOCHS: readonly EpochMetrics[] = [
  {
    epoch: 1,
    loss: 0.7,
    accuracy: 0.5,
    validationLoss: 0.8,
    validationAccuracy: 0.25,
    durationMs: 1,
  },
  {
    epoch: 2,
    loss: 0.1,
    accuracy: 1,
    validationLoss: 0.4,
    validationAccuracy: 0.75,
    durationMs: 1,
  },
];

/** Four held-out photos: two daisies that were recognised, one rose that was, and one taken for a daisy. */
export const EXAMPLE_EVALUATION = evaluate({
  trueIndices: [0, 0, 1, 1],
  probabilities: [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.6, 0.4],
  numClasses: 2,
});

export function exampleRun(
  id: string,
  evaluations: RunEvaluations = { validation: EXAMPLE_EVALUATION, test: null },
): CompletedRun {
  return {
    id: id as RunId,
    projectId: EXAMPLE_PROJECT.id,
    startedAt: 0,
    appVersion: '0.1.0',
    config: DEFAULT_HEAD_CONFIG,
    classifier: {
      baseId: EXAMPLE_PROJECT.baseId,
      graphHash: '0' as Sha256,
      cut: EXAMPLE_PROJECT.cut,
      preprocessing: {
        version: 1,
        inputHeight: 128,
        inputWidth: 128,
        framing: 'centre-square',
        channelOrder: 'rgb',
        scale: [1],
        offset: [0],
      },
      labels: EXAMPLE_LABELS,
    },
    samples: [],
    epochs: EXAMPLE_EPOCHS,
    status: 'completed',
    isStoppedEarly: false,
    headId: `head of ${id}` as HeadId,
    finishedAt: 0,
    durationMs: 1200,
    backend: 'wasm',
    evaluations,
  };
}
