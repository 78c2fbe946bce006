import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Decoded, Rejection } from '../engine/decode.ts';
import { writeInput } from '../engine/preprocess.ts';
import { prefetch } from './prefetch.ts';

/** WASM gains nothing from larger batches, and cancelling and live prediction wait for one at most. */
const BATCH_SIZE = 8;
/** Photos begun and not yet taken: enough for the network never to wait while batches run. */
const PHOTOS_AHEAD = 24;

export interface PhotoBatch<Item> {
  /** Prepared items, in the order of the rows of `input`. */
  readonly items: readonly Item[];
  /** [items.length, inputHeight, inputWidth, 3] */
  readonly input: Float32Array;
  readonly rejected: readonly { readonly item: Item; readonly rejection: Rejection }[];
}

/** Prepares photos ahead of the consumer and hands them over in batches, in the order of `items`. */
export async function* photoBatches<Item>(
  items: readonly Item[],
  spec: PreprocessingSpec,
  prepare: (item: Item) => Promise<Decoded<Uint8ClampedArray>>,
): AsyncGenerator<PhotoBatch<Item>, void> {
  const inputSize = spec.inputHeight * spec.inputWidth * 3;
  const prepared = prefetch(items, PHOTOS_AHEAD, async (item) => ({
    item,
    photo: await prepare(item),
  }));
  let batch = emptyBatch<Item>(inputSize);
  for await (const { item, photo } of prepared) {
    if (photo.status === 'rejected') batch.rejected.push({ item, rejection: photo });
    else {
      writeInput(photo.value, spec, batch.input, batch.items.length * inputSize);
      batch.items.push(item);
    }
    if (batch.items.length + batch.rejected.length < BATCH_SIZE) continue;
    yield filled(batch, inputSize);
    batch = emptyBatch(inputSize);
  }
  if (batch.items.length + batch.rejected.length > 0) yield filled(batch, inputSize);
}

function emptyBatch<Item>(inputSize: number) {
  return {
    items: [] as Item[],
    input: new Float32Array(BATCH_SIZE * inputSize),
    rejected: [] as { item: Item; rejection: Rejection }[],
  };
}

function filled<Item>(
  batch: ReturnType<typeof emptyBatch<Item>>,
  inputSize: number,
): PhotoBatch<Item> {
  return { ...batch, input: batch.input.subarray(0, batch.items.length * inputSize) };
}
