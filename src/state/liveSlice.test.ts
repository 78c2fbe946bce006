import { expect, it, vi } from 'vitest';
import type { BaseMethods, EmbedReport, HeadMethods } from '../bridge/protocol.ts';
import { GraftError } from '../domain/errors.ts';
import { fileAt, openStore, report } from './storeFixture.ts';

type Refresh = HeadMethods['refreshLive'];

const embedded: EmbedReport = {
  computed: 1,
  reused: 0,
  failed: [],
  durationMs: 1,
  backend: report,
};
const files = ['a/1', 'a/2', 'b/3'].map((path) => fileAt(`photos/${path}.jpg`));
const headOf = ({ classifier, photos }: Refresh['params']) => ({
  classifier,
  kernel: new Float32Array(),
  bias: new Float32Array(),
  numPhotos: photos.length,
});

function openLive() {
  const embedSamples = vi.fn<
    (params: BaseMethods['embedSamples']['params']) => Promise<EmbedReport>
  >(() => Promise.resolve(embedded));
  const refreshLive = vi.fn((params: Refresh['params']) => Promise.resolve(headOf(params)));
  return openStore({ embedSamples }, { refreshLive }).then((fixture) => ({
    ...fixture,
    embedSamples,
    refreshLive,
  }));
}

it('computes photos and learns from them, once two classes have some', async () => {
  const { store, embedSamples, refreshLive } = await openLive();
  await store.getState().addFiles(files.slice(0, 2), null);
  await store.getState().refreshLive();
  expect(embedSamples).not.toHaveBeenCalled();
  expect(store.getState().liveHead).toBeNull();
  await store.getState().addFiles(files.slice(2), null);
  await store.getState().refreshLive();
  expect(store.getState().liveHead?.numPhotos).toBe(3);
  expect(refreshLive.mock.calls[0]?.[0].photos.map(({ classIndex }) => classIndex)).toEqual([
    0, 0, 1,
  ]);
});

it('asks once more, not once for each, when photos came meanwhile', async () => {
  const { store, refreshLive } = await openLive();
  await store.getState().addFiles(files, null);
  await Promise.all([1, 2, 3].map(() => store.getState().refreshLive()));
  await vi.waitFor(() => {
    expect(refreshLive).toHaveBeenCalledTimes(2);
  });
});

it('goes on after a pause, which ends what it is at', async () => {
  const { store, embedSamples } = await openLive();
  await store.getState().addFiles(files, null);
  embedSamples.mockImplementationOnce(() => {
    store.getState().pauseLive();
    return Promise.reject(new GraftError('cancelled', 'Cancelled'));
  });
  await store.getState().refreshLive();
  expect(store.getState().liveHead).toBeNull();
  await store.getState().refreshLive();
  expect(store.getState().liveHead?.numPhotos).toBe(3);
});
