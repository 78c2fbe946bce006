import type { Sha256 } from '../../../src/domain/ids.ts';
import { MOBILENET_V2_SMALL } from '../subjects.ts';
import { BenchApp } from './benchApp.ts';
import { measurePool, type PoolRound } from './measurePool.ts';

export interface AppFigures {
  readonly pool: readonly PoolRound[];
  /** Photos per second from stored file to stored activation, a round for each part of the photos. */
  readonly filesToActivations: readonly number[];
  /** Milliseconds per webcam frame, from the worker's receiving it to probabilities. */
  readonly frameMs: readonly number[];
}

export interface AppOptions {
  /** Addresses of the photos of each class. */
  readonly photos: readonly (readonly string[])[];
  readonly numRounds: number;
  readonly durationMs: number;
  readonly numFrames: number;
}

export interface StoredActivations {
  readonly activations: Float32Array;
  readonly classIndices: Int32Array;
  readonly numClasses: number;
}

const WARM_UP_PHOTOS = 100;
const WARM_UP_FRAMES = 30;

/** The app's own way from files and frames, with MobileNetV2 0.35 on WASM, beside the network alone. */
export async function measureApp({
  photos,
  numRounds,
  durationMs,
  numFrames,
}: AppOptions): Promise<{ figures: AppFigures; stored: StoredActivations }> {
  const app = await BenchApp.start(MOBILENET_V2_SMALL);
  // Mixed, so that each round meets photos of every class.
  const labelled = photos
    .flatMap((addresses, classIndex) =>
      addresses.map((address, i) => ({ address, classIndex, place: i / addresses.length })),
    )
    .sort((a, b) => a.place - b.place);
  const hashes = await app.storePhotos(labelled.map(({ address }) => address));
  await app.embed(hashes.slice(0, WARM_UP_PHOTOS));

  const pool: PoolRound[] = [];
  const filesToActivations: number[] = [];
  for (const part of partsOf(hashes.slice(WARM_UP_PHOTOS), numRounds)) {
    pool.push(...(await measurePool(MOBILENET_V2_SMALL, 1, durationMs)));
    filesToActivations.push(await app.embed(part));
  }
  const activations = await app.activations(hashes);
  const activationSize = activations.length / hashes.length;
  await app.classifyFrames(WARM_UP_FRAMES, activationSize);
  const frameMs = await app.classifyFrames(numFrames, activationSize);
  const classIndices = Int32Array.from(labelled, ({ classIndex }) => classIndex);
  return {
    figures: { pool, filesToActivations, frameMs },
    stored: { activations, classIndices, numClasses: photos.length },
  };
}

function partsOf(hashes: readonly Sha256[], count: number): readonly (readonly Sha256[])[] {
  const size = Math.ceil(hashes.length / count);
  return Array.from({ length: count }, (_, i) => hashes.slice(i * size, (i + 1) * size));
}
