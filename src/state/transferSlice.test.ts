import { expect, it, vi } from 'vitest';
import type { CallOptions } from '../bridge/client.ts';
import type { BaseMethods, EmbedReport, HeadMethods } from '../bridge/protocol.ts';
import type { BaseSummary } from '../domain/baseSummary.ts';
import type { Cut } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import type { LearningCurve } from '../domain/learningCurve.ts';
import type { TransferReport } from '../domain/transferReport.ts';
import { fileAt, openStore, report } from './storeFixture.ts';
import type { TransferStatus } from './transferState.ts';
import { transferPhotosKey } from './transferPhotosKey.ts';

const embedded: EmbedReport = {
  computed: 4,
  reused: 0,
  failed: [],
  durationMs: 1,
  backend: report,
};
const files = ['a/1', 'a/2', 'a/3', 'b/4', 'b/5', 'b/6'].map((path) =>
  fileAt(`photos/${path}.jpg`),
);
const found = { numSamples: 4, logme: 0.5 } as TransferReport;
const summary = { layers: [], suggestedCuts: [] };
const base = {
  describeBase: () => Promise.resolve(summary),
  embedSamples: () => Promise.resolve(embedded),
  describeColours: () => Promise.resolve(null),
};

it('checks the training part and keeps the newest answer for a base and cut', async () => {
  const checkTransfer =
    vi.fn<(params: HeadMethods['checkTransfer']['params']) => Promise<TransferReport>>();
  checkTransfer.mockResolvedValue(found);
  const { store } = await openStore(base, { checkTransfer });
  await store.getState().addFiles(files, null);
  await store.getState().checkTransfer();
  await store.getState().checkTransfer();
  const { project, samples, transfer, transferChecks } = store.getState();
  expect(transfer).toEqual({ status: 'idle' });
  expect(transferChecks).toHaveLength(1);
  expect(transferChecks[0]?.report).toEqual(found);
  expect(checkTransfer.mock.lastCall?.[0].samples.map(({ part }) => part)).toEqual(
    Array.from({ length: 4 }, () => 'train'),
  );
  if (project === null) throw new Error('No project');
  expect(transferChecks[0]?.photosKey).toBe(transferPhotosKey(project, samples));
  expect(transferPhotosKey(project, samples.slice(1))).not.toBe(transferChecks[0]?.photosKey);
});

it('has the same architecture run with random weights, but for graphs that run as they are', async () => {
  const embedSamples =
    vi.fn<(params: BaseMethods['embedSamples']['params']) => Promise<EmbedReport>>();
  embedSamples.mockResolvedValue(embedded);
  const checkTransfer =
    vi.fn<(params: HeadMethods['checkTransfer']['params']) => Promise<TransferReport>>();
  checkTransfer.mockResolvedValue(found);
  const { store } = await openStore({ ...base, embedSamples }, { checkTransfer });
  await store.getState().addFiles(files, null);
  await store.getState().checkTransfer();
  const { classifier, randomHash } = checkTransfer.mock.lastCall?.[0] ?? {};
  expect(embedSamples.mock.calls.map(([{ isRandom }]) => isRandom)).toEqual([undefined, true]);
  expect(randomHash).toMatch(/^[0-9a-f]{64}$/);
  expect(randomHash).not.toBe(classifier?.graphHash);

  store.setState(({ bases }) => ({
    bases: bases.map((known) => ({
      ...known,
      model: known.model && { ...known.model, isOpaque: true },
    })),
    loadBases: () => Promise.resolve(),
  }));
  embedSamples.mockClear();
  await store.getState().checkTransfer();
  expect(embedSamples).toHaveBeenCalledOnce();
  expect(checkTransfer.mock.lastCall?.[0].randomHash).toBeNull();
});

it('asks a base that has classes of its own for them, photo by photo', async () => {
  const cut: Cut = { positions: [9], pooling: 'none' };
  const ownClasses = { cut, numClasses: 7, areLogits: false };
  const describeBase = vi.fn<() => Promise<BaseSummary>>();
  describeBase.mockResolvedValue(summary).mockResolvedValueOnce({ ...summary, ownClasses });
  const embedSamples =
    vi.fn<(params: BaseMethods['embedSamples']['params']) => Promise<EmbedReport>>();
  embedSamples.mockResolvedValue(embedded);
  const checkTransfer =
    vi.fn<(params: HeadMethods['checkTransfer']['params']) => Promise<TransferReport>>();
  checkTransfer.mockResolvedValue(found);
  const { store } = await openStore({ ...base, describeBase, embedSamples }, { checkTransfer });
  await store.getState().addFiles(files, null);
  await store.getState().checkTransfer();
  const calls = embedSamples.mock.calls.map(([params]) => params);
  const ofProject = store.getState().project?.cut;
  expect(calls.map((params) => params.cut)).toEqual([ofProject, cut, ofProject]);
  expect(calls[1]?.imageHashes).toEqual(calls[0]?.imageHashes);
  expect(checkTransfer.mock.lastCall?.[0].ownClasses).toEqual(ownClasses);

  embedSamples.mockClear();
  await store.getState().checkTransfer();
  expect(embedSamples).toHaveBeenCalledTimes(2);
  expect(checkTransfer.mock.lastCall?.[0].ownClasses).toBeNull();
});

it('is idle again when cancelled, and says why it failed', async () => {
  const outcomes = [new GraftError('cancelled', 'Cancelled'), new GraftError('internal', 'No')];
  const checkTransfer = () => Promise.reject(outcomes.shift() ?? new Error('Once more'));
  const { store } = await openStore(base, { checkTransfer });
  await store.getState().addFiles(files, null);
  await store.getState().checkTransfer();
  expect(store.getState().transfer).toEqual({ status: 'idle' });
  await store.getState().checkTransfer();
  expect(store.getState().transfer).toMatchObject({
    status: 'failed',
    failure: { code: 'internal' },
  });
  expect(store.getState().transferChecks).toEqual([]);
});

it('measures a learning curve and tells how long it will take', async () => {
  const curve: LearningCurve = { points: [], next: null };
  const shown: TransferStatus[] = [];
  const learningCurve = (
    _params: unknown,
    { onProgress }: CallOptions<{ done: number; total: number }>,
  ) => {
    onProgress?.({ done: 0.5, total: 1 });
    shown.push(store.getState().transfer);
    return Promise.resolve(curve);
  };
  const { store } = await openStore(base, { learningCurve });
  await store.getState().addFiles(files, null);
  await store.getState().measureCurve();
  expect(shown).toMatchObject([{ status: 'checking', done: 0.5, total: 1 }]);
  expect(store.getState().transfer).toEqual({ status: 'idle' });
  expect(store.getState().learningCurves).toMatchObject([{ curve }]);
});

it('measures the base cut by cut, and counts cuts in its progress', async () => {
  const layer = (position: number, inputs: readonly number[]) => ({
    position,
    name: `layer ${String(position)}`,
    kind: 'conv2d',
    outputShape: [8 >> position, 8 >> position, 4],
    numParameters: 0,
    inputs,
  });
  const last = {
    cut: { positions: [1], pooling: 'global-max' },
    reason: 'last-picture',
    isDefault: true,
  } as const;
  const describeBase = () =>
    Promise.resolve({ layers: [layer(0, []), layer(1, [0])], suggestedCuts: [last] });
  const embedded: Cut[] = [];
  const embedSamples = ({ cut }: { cut: Cut }) => {
    embedded.push(cut);
    return base.embedSamples();
  };
  const shown: TransferStatus[] = [];
  const accuracies = [0.5, 0.75];
  const measureCut = (
    { classifier: { cut } }: HeadMethods['measureCut']['params'],
    { onProgress }: CallOptions<{ done: number; total: number }>,
  ) => {
    expect(embedded.at(-1)).toEqual(cut);
    onProgress?.({ done: 0.5, total: 1 });
    shown.push(store.getState().transfer);
    return Promise.resolve({ accuracy: accuracies.shift() ?? 0, interval: { low: 0, high: 1 } });
  };
  const { store } = await openStore({ ...base, describeBase, embedSamples }, { measureCut });
  await store.getState().addFiles(files, null);
  const cuts: readonly Cut[] = [
    { positions: [0], pooling: 'global-average' },
    { positions: [1], pooling: 'global-max' },
  ];
  await store.getState().setCut({ positions: [1], pooling: 'global-max' });
  await store.getState().sweepCuts();
  const [sweep] = store.getState().cutSweeps;
  expect(sweep?.points.map(({ cut }) => cut)).toEqual(cuts);
  expect(sweep?.points).toMatchObject([
    { layerNames: ['layer 0'], accuracy: 0.5 },
    { layerNames: ['layer 1'], accuracy: 0.75 },
  ]);
  expect(shown).toMatchObject([
    { status: 'sweeping', done: 0.75, total: 2 },
    { status: 'sweeping', done: 1.75, total: 2 },
  ]);
});

it('shows nothing of a measurement in a project that is opened meanwhile', async () => {
  const seen: boolean[] = [];
  const checkTransfer = async (
    _params: unknown,
    { signal, onProgress }: CallOptions<{ done: number; total: number }>,
  ) => {
    await store.getState().openProject(await store.getState().createProject('Another'));
    seen.push(signal?.aborted === true);
    onProgress?.({ done: 1, total: 2 });
    expect(store.getState().transfer).toEqual({ status: 'idle' });
    return found;
  };
  const { store } = await openStore(base, { checkTransfer });
  await store.getState().addFiles(files, null);
  await store.getState().checkTransfer();
  expect(seen).toEqual([true]);
  expect(store.getState().transfer).toEqual({ status: 'idle' });
  expect(store.getState().transferChecks).toEqual([]);
});
