import { expect, it } from 'vitest';
import type { BackendName } from '../domain/backend.ts';
import type { LayerSummary } from '../domain/baseSummary.ts';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  type HeadConfig,
} from '../domain/headConfig.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import type { TrainingStatus } from './trainState.ts';
import { fileAt, openStore, report, trainedHead } from './storeFixture.ts';

const layers: readonly LayerSummary[] = [0, 1].map((position) => ({
  position,
  name: `layer ${position}`,
  kind: position === 0 ? 'input' : 'conv2d',
  outputShape: [4, 4, 3],
  numParameters: 9,
  inputs: position === 0 ? [] : [0],
}));
const start = { positions: [1], pooling: 'flatten', layer: 'layer 1' } as const;
const DEEPER = { ...DEFAULT_DEEPER_CONFIG, start };
const files = ['a/1', 'a/2', 'b/3', 'b/4'].map((path) => fileAt(`photos/${path}.jpg`));

const epochOf = (epoch: number, loss: number): EpochMetrics => ({
  ...{ epoch, loss, accuracy: 1, validationLoss: null, validationAccuracy: null },
  durationMs: 1,
});

/** A training whose photos were computed on `computedOn`, and which ended on `endsOn`. */
async function train(config: HeadConfig, computedOn: BackendName, endsOn: BackendName) {
  const asked: BackendName[] = [];
  const shown: TrainingStatus[] = [];
  const backend = { ...report, backend: computedOn };
  const embedded = { computed: 4, reused: 0, failed: [], durationMs: 1, backend };
  const { store } = await openStore(
    {
      embedSamples: () => Promise.resolve(embedded),
      describeBase: () => Promise.resolve({ layers, suggestedCuts: [] }),
    },
    {
      trainHead: (params, { onProgress }) => {
        asked.push(params.backend);
        const told = [epochOf(1, 0.9), epochOf(2, 0.8), epochOf(1, 0.9), epochOf(2, 0.7)];
        for (const metrics of told) onProgress?.({ kind: 'epoch', metrics });
        shown.push(store.getState().training);
        return Promise.resolve({ ...trainedHead, backend: endsOn });
      },
    },
  );
  await store.getState().addFiles(files, null);
  await store.getState().setHeadConfig(config);
  for (const { id } of store.getState().notices) store.getState().dismissNotice(id);
  await store.getState().startTraining();
  const notices = store.getState().notices.map(({ message }) => message);
  return { asked, shown, notices };
}

it('trains layers of the base on what computes photos, and shows no epoch twice', async () => {
  const { asked, shown, notices } = await train(DEEPER, 'webgpu', 'webgpu');
  expect(asked).toEqual(['webgpu']);
  expect(notices).toEqual([]);
  const epochs = [epochOf(1, 0.9), epochOf(2, 0.7)];
  expect(shown).toMatchObject([{ status: 'fitting', epochs }]);
});

it('says when a GPU failed on the way, and nothing where none was to train', async () => {
  const moved = await train(DEEPER, 'webgl', 'wasm');
  expect(moved.notices).toMatchObject([{ key: 'moved-to-processor' }]);
  expect((await train(DEEPER, 'cpu', 'wasm')).notices).toEqual([]);
  expect((await train(DEFAULT_EXACT_CONFIG, 'webgl', 'wasm')).notices).toEqual([]);
});
