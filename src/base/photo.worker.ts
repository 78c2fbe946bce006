import { serve, Transferred } from '../bridge/serve.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { viewPixels } from '../engine/augmentation/viewPixels.ts';
import { readBytes, type Decoded } from '../engine/decode.ts';
import { decodePicture } from '../engine/decodePixels.ts';
import { preprocessPixels } from '../engine/preprocess.ts';
import { openDatabase } from '../storage/database.ts';
import { getImage } from '../storage/images.ts';
import { baseRunnable } from './baseRunnable.ts';
import { createBaseLoader } from './loadedBase.ts';
import { createHeadLoader } from './loadedHead.ts';
import { NetworkRunner, type RunnableNetwork } from './networkRunner.ts';
import type { NetworkName, PhotoMethods, PreparedPhoto } from './photoProtocol.ts';
import { groupByPhoto, photoOf, viewOf, type Photo, type PhotoSource } from './photoSources.ts';
import { randomBase } from './randomBase.ts';
import { runPrepared } from './runPrepared.ts';

const runner = new NetworkRunner();
const opened = openDatabase().then((database) => {
  const loadBase = createBaseLoader(database);
  return { database, loadBase, loadHead: createHeadLoader(database, loadBase) };
});

/** All `sources` are views of one photo, which is decoded once. */
async function prepare(
  sources: readonly PhotoSource[],
  spec: PreprocessingSpec,
): Promise<readonly PreparedPhoto[]> {
  const decoded = await decodeViews(sources, spec);
  if (decoded.status === 'rejected') return sources.map(() => decoded);
  return decoded.value.map((value) => ({ status: 'decoded', value }));
}

async function decodeViews(
  sources: readonly PhotoSource[],
  spec: PreprocessingSpec,
): Promise<Decoded<readonly Uint8ClampedArray<ArrayBuffer>[]>> {
  const [photo = new Blob()] = sources.map(photoOf);
  const file = typeof photo === 'string' ? await readStored(photo) : photo;
  if (file === undefined) return { status: 'rejected', problem: 'unreadable', detail: null };
  const read = await readBytes(file);
  if (read.status === 'rejected') return read;
  return decodePicture(file, read.value, spec, (picture) =>
    sources
      .map(viewOf)
      .map((view) =>
        view === null ? preprocessPixels(picture, spec) : viewPixels(picture, spec, view),
      ),
  );
}

async function readStored(hash: Exclude<Photo, Blob>): Promise<Blob | undefined> {
  return getImage((await opened).database, hash);
}

async function load(name: NetworkName): Promise<RunnableNetwork> {
  const { loadBase, loadHead } = await opened;
  if (name.kind === 'head') return (await loadHead(name.headId)).runnable;
  const loaded = await loadBase(name.baseId);
  return baseRunnable(name.isRandom ? await randomBase(loaded) : loaded, name.cut);
}

serve<PhotoMethods>(self, {
  prepareViews: async ({ sources, spec }) => {
    const views = await prepare(sources, spec);
    const buffers = views.flatMap((view) => (view.status === 'decoded' ? [view.value.buffer] : []));
    return new Transferred(views, buffers);
  },
  runPhotos: async ({ network, backend, spec, sources }, { signal }) => {
    const views = groupByPhoto(sources).map((ofPhoto) => prepare(ofPhoto, spec));
    const photos = await Promise.all(views);
    throwIfCancelled(signal);
    const runnable = await load(network);
    return runPrepared(photos.flat(), spec, (batch, numPhotos) =>
      runner.run(runnable, backend, batch, numPhotos),
    );
  },
  forgetBase: async ({ baseId }) => {
    (await opened).loadBase.forget(baseId);
    return null;
  },
});
