import { serve, Transferred } from '../bridge/serve.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { readBytes } from '../engine/decode.ts';
import { decodePixels } from '../engine/decodePixels.ts';
import { openDatabase } from '../storage/database.ts';
import { getImage } from '../storage/images.ts';
import { baseRunnable } from './baseRunnable.ts';
import { createBaseLoader } from './loadedBase.ts';
import { createHeadLoader } from './loadedHead.ts';
import { NetworkRunner, type RunnableNetwork } from './networkRunner.ts';
import type { NetworkName, PhotoMethods, PhotoSource, PreparedPhoto } from './photoProtocol.ts';
import { runPrepared } from './runPrepared.ts';

const runner = new NetworkRunner();
const opened = openDatabase().then((database) => {
  const loadBase = createBaseLoader(database);
  return { database, loadBase, loadHead: createHeadLoader(database, loadBase) };
});

async function prepare(source: PhotoSource, spec: PreprocessingSpec): Promise<PreparedPhoto> {
  const file = typeof source === 'string' ? await readStored(source) : source;
  if (file === undefined) return { status: 'rejected', problem: 'unreadable', detail: null };
  const read = await readBytes(file);
  return read.status === 'rejected' ? read : decodePixels(file, read.value, spec);
}

async function readStored(hash: Exclude<PhotoSource, Blob>): Promise<Blob | undefined> {
  return getImage((await opened).database, hash);
}

async function load(name: NetworkName): Promise<RunnableNetwork> {
  const { loadBase, loadHead } = await opened;
  if (name.kind === 'head') return (await loadHead(name.headId)).runnable;
  return baseRunnable(await loadBase(name.baseId), name.cut);
}

serve<PhotoMethods>(self, {
  preparePhoto: async ({ source, spec }) => {
    const photo = await prepare(source, spec);
    return photo.status === 'rejected' ? photo : new Transferred(photo, [photo.value.buffer]);
  },
  runPhotos: async ({ network, backend, spec, sources }, { signal }) => {
    const photos = await Promise.all(sources.map((source) => prepare(source, spec)));
    throwIfCancelled(signal);
    const runnable = await load(network);
    return runPrepared(photos, spec, (batch, numPhotos) =>
      runner.run(runnable, backend, batch, numPhotos),
    );
  },
  forgetBase: async ({ baseId }) => {
    (await opened).loadBase.forget(baseId);
    return null;
  },
});
