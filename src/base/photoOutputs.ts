import { isGpu, type BackendChoice, type BackendReport } from '../domain/backend.ts';
import type { Cut } from '../domain/cut.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import type { RunnableNetwork } from './networkRunner.ts';
import { numNetworks } from './numNetworks.ts';
import type { NetworkName, PhotoOutput } from './photoProtocol.ts';
import { groupByPhoto, type PhotoSource } from './photoSources.ts';
import { prefetch } from './prefetch.ts';
import { runPrepared } from './runPrepared.ts';
import type { Services } from './services.ts';
import { weightBytesOf } from './weightBytes.ts';

/** Cancelling and live prediction wait for one batch at most. */
const BATCH_MS = 60;
const MAX_BATCH_SIZE = 32;
/** Before anything has been measured. */
const FIRST_BATCH_SIZE = 8;
/** Photos begun and not yet taken: enough for the network never to wait for one. */
const PHOTOS_AHEAD = 24;
/** While a worker runs one batch, the photos of its next are decoded. */
const BATCHES_PER_WORKER = 2;

/** A network to be run on photos, as the base worker has it and as others can get it. */
export interface PhotoJob {
  readonly loaded: LoadedBase;
  readonly choice: BackendChoice;
  readonly cut: Cut;
  readonly runnable: RunnableNetwork;
  readonly name: NetworkName;
  readonly spec: PreprocessingSpec;
}

export interface ItemOutput<Item> {
  readonly item: Item;
  readonly output: PhotoOutput;
}

/**
 * The network's outputs for photos, batch by batch in the order of `items`. On the processor, photo
 * workers do all of it side by side, each with a copy of the network. A GPU is the base worker's, as is
 * a network too large for copies: the photo workers then decode for it, while earlier batches run.
 */
export async function* photoOutputs<Item>(
  { ladder, photos, memoryGib }: Pick<Services, 'ladder' | 'photos' | 'memoryGib'>,
  job: PhotoJob,
  items: readonly Item[],
  sourceOf: (item: Item) => PhotoSource,
  signal: AbortSignal,
): AsyncGenerator<readonly ItemOutput<Item>[], void> {
  const { loaded, choice, runnable, name, spec } = job;
  const report = () => ladder.report(loaded, choice);
  let batchSize = batchSizeFor(await report());
  // A few photos are done before another worker has loaded the network.
  const isSpread = items.length > batchSize;
  const weightBytes = weightBytesOf(loaded, job.cut);
  const numCopies = isSpread ? numNetworks(weightBytes, photos.size, memoryGib) : 0;

  const runHere = async (sources: readonly PhotoSource[]) => {
    const views = groupByPhoto(sources).map((ofPhoto) => photos.prepare(ofPhoto, spec));
    const prepared = await Promise.all(views);
    throwIfCancelled(signal);
    return runPrepared(prepared.flat(), spec, (batch, numPhotos) =>
      ladder.run(loaded, choice, runnable, batch, numPhotos),
    );
  };
  const run = async (batch: readonly Item[]) => {
    const sources = batch.map(sourceOf);
    const { backend } = await report();
    const outputs =
      numCopies === 0 || isGpu(backend)
        ? await runHere(sources)
        : await photos.run({ network: name, backend, spec }, sources, numCopies, signal);
    return outputs.map((output, i) => ({ item: batch[i] as Item, output }));
  };

  const batches = inBatches(items, () => batchSize);
  const ahead = () => Math.max(numCopies * BATCHES_PER_WORKER, Math.ceil(PHOTOS_AHEAD / batchSize));
  for await (const outputs of prefetch(batches, ahead, run)) {
    yield outputs;
    throwIfCancelled(signal);
    batchSize = batchSizeFor(await report());
  }
}

function batchSizeFor({ photosPerSecond }: BackendReport): number {
  if (photosPerSecond === null) return FIRST_BATCH_SIZE;
  return Math.min(Math.max(Math.round((photosPerSecond * BATCH_MS) / 1000), 1), MAX_BATCH_SIZE);
}

/** Consecutive parts of `items`, each of the size that is right when it is taken. */
function* inBatches<Item>(
  items: readonly Item[],
  size: () => number,
): Generator<readonly Item[], void> {
  for (let start = 0; start < items.length;) {
    const end = start + size();
    yield items.slice(start, end);
    start = end;
  }
}
