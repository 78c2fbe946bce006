import { drawView, type Augmentation } from '../domain/augmentation.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { SampleId, Sha256 } from '../domain/ids.ts';
import type { CompletedRun, RunSample } from '../domain/trainingRun.ts';
import { extensionOfType } from './imageTypes.ts';
import { tarEnd, tarEntry, tarEntryBytes } from './tarWriting.ts';

/** Large enough for quick reading, small enough to be dealt to workers. */
const MAX_SHARD_BYTES = 64e6;
const KEY_DIGITS = 8;

export interface ShardInput {
  readonly run: Pick<CompletedRun, 'samples' | 'augmentation'> & {
    readonly classifier: Pick<CompletedRun['classifier'], 'labels'>;
  };
  /** As they came; those of photos that were deleted since are not in it. */
  readonly fileNames: ReadonlyMap<SampleId, string>;
  /** `undefined` where the photo is gone. */
  readonly getImage: (hash: Sha256) => Promise<Blob | undefined>;
  readonly signal: AbortSignal;
  /** Photos looked at, of all. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface PhotoShard {
  /** `shard-000000.tar` */
  readonly name: string;
  readonly tar: Blob;
  readonly numPhotos: number;
}

/**
 * The run's photos as tar files in the layout of WebDataset: `KEY.json` with class, part of the split and
 * views, then the picture as it came. Names in a tar are made of numbers; those of files and classes are data.
 * Photos that are gone are left out. Errors: cancelled.
 */
export async function* photoShards(
  input: ShardInput,
  maxBytes = MAX_SHARD_BYTES,
): AsyncGenerator<PhotoShard> {
  const { run, getImage, signal, onProgress } = input;
  let shard = new OpenShard(0);
  for (const [index, sample] of run.samples.entries()) {
    throwIfCancelled(signal);
    const image = await getImage(sample.imageHash);
    onProgress(index + 1, run.samples.length);
    if (image === undefined) continue;
    const facts = new Blob([JSON.stringify(factsOf(sample, input))]);
    if (shard.numPhotos > 0 && shard.bytesWith(facts, image) > maxBytes) {
      yield shard.closed();
      shard = new OpenShard(shard.number + 1);
    }
    const key = String(index).padStart(KEY_DIGITS, '0');
    shard.add(`${key}.json`, facts);
    shard.add(`${key}.${extensionOfType(image.type)}`, image);
    shard.numPhotos += 1;
  }
  if (shard.numPhotos > 0) yield shard.closed();
}

class OpenShard {
  readonly number: number;
  numPhotos = 0;
  readonly #parts: BlobPart[] = [];
  #numBytes = 0;

  constructor(number: number) {
    this.number = number;
  }

  bytesWith(...contents: readonly Blob[]): number {
    return contents.reduce((sum, { size }) => sum + tarEntryBytes(size), this.#numBytes);
  }

  add(name: string, content: Blob): void {
    this.#numBytes = this.bytesWith(content);
    this.#parts.push(...tarEntry(name, content));
  }

  closed(): PhotoShard {
    const name = `shard-${String(this.number).padStart(6, '0')}.tar`;
    return { name, tar: new Blob([...this.#parts, tarEnd()]), numPhotos: this.numPhotos };
  }
}

function factsOf(sample: RunSample, { run, fileNames }: ShardInput) {
  const { classIndex, part, imageHash, sampleId } = sample;
  const { augmentation, classifier } = run;
  return {
    classIndex,
    class: classifier.labels[classIndex]?.name ?? '',
    part,
    name: fileNames.get(sampleId) ?? '',
    ...(augmentation !== undefined &&
      part === 'train' && { views: viewsOf(augmentation, imageHash) }),
  };
}

function viewsOf(augmentation: Augmentation, hash: Sha256) {
  return Array.from({ length: augmentation.numViews }, (_, i) => drawView(augmentation, hash, i));
}
