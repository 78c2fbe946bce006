import { createClient, type Client } from '../../../src/bridge/client.ts';
import type { BaseMethods } from '../../../src/bridge/protocol.ts';
import type { Cut } from '../../../src/domain/cut.ts';
import { preprocessingFor, type BaseModel } from '../../../src/domain/baseModel.ts';
import { decodeFloat16 } from '../../../src/domain/float16.ts';
import { NO_OUTCOMES } from '../../../src/domain/head.ts';
import type { ClassLabelId, HeadId, RunId, Sha256 } from '../../../src/domain/ids.ts';
import { sha256 } from '../../../src/domain/sha256.ts';
import { getActivations } from '../../../src/storage/activations.ts';
import { openDatabase, type Database } from '../../../src/storage/database.ts';
import { putHead } from '../../../src/storage/heads.ts';
import { imageRow } from '../../../src/storage/images.ts';
import type { Subject } from '../subjects.ts';
import { fetchFile } from './openSubject.ts';

const FRAMING = 'centre-square';
const BACKEND = 'wasm';
const NUM_CLASSES = 5;
const HEAD_ID = 'bench' as HeadId;
/** As webcams give them. */
const FRAME = { width: 640, height: 480 };

/** The app's own base worker with one base, and photos in storage as the app stores them. */
export class BenchApp {
  readonly #database: Database;
  readonly #call: Client<BaseMethods>;
  readonly #base: BaseModel;
  readonly #cut: Cut;

  private constructor(database: Database, call: Client<BaseMethods>, base: BaseModel, cut: Cut) {
    this.#database = database;
    this.#call = call;
    this.#base = base;
    this.#cut = cut;
  }

  static async start({ files }: Subject): Promise<BenchApp> {
    const database = await openDatabase();
    const worker = new Worker(new URL('../../../src/base/base.worker.ts', import.meta.url), {
      type: 'module',
    });
    const call = createClient<BaseMethods>(worker);
    const fetched = (files ?? []).map(async (address) => {
      const blob = await (await fetchFile(address)).blob();
      return new File([blob], address.split('/').at(-1) ?? '');
    });
    const { base } = await call('importBase', { files: await Promise.all(fetched) });
    return new BenchApp(database, call, base, base.defaultCut);
  }

  /** Stores photos; gives their hashes in the order of the addresses. */
  async storePhotos(addresses: readonly string[]): Promise<readonly Sha256[]> {
    const hashes: Sha256[] = [];
    for (const address of addresses) {
      const blob = await (await fetchFile(address)).blob();
      const hash = await sha256(new Uint8Array(await blob.arrayBuffer()));
      await this.#database.put('images', await imageRow({ hash, blob }));
      hashes.push(hash);
    }
    return hashes;
  }

  /** From files in storage to stored activations; photos per second. */
  async embed(imageHashes: readonly Sha256[]): Promise<number> {
    const { computed, durationMs } = await this.#call('embedSamples', {
      baseId: this.#base.id,
      cut: this.#cut,
      framing: FRAMING,
      backend: BACKEND,
      imageHashes,
    });
    return (computed * 1000) / durationMs;
  }

  /** What `embed` has stored, row by row. */
  async activations(imageHashes: readonly Sha256[]): Promise<Float32Array> {
    const space = {
      graphHash: this.#base.graphHash,
      cut: this.#cut,
      preprocessing: preprocessingFor(this.#base, FRAMING),
      view: 'original',
    } as const;
    const rows = await getActivations(this.#database, space, imageHashes);
    return Float32Array.from(rows.flatMap((row) => [...decodeFloat16(row ?? new Uint16Array())]));
  }

  /** Milliseconds of each frame, from the base worker's receiving it to its probabilities. */
  async classifyFrames(numFrames: number, activationSize: number): Promise<readonly number[]> {
    await putHead(this.#database, {
      id: HEAD_ID,
      runId: 'bench' as RunId,
      classifier: {
        baseId: this.#base.id,
        graphHash: this.#base.graphHash,
        cut: this.#cut,
        preprocessing: preprocessingFor(this.#base, FRAMING),
        labels: Array.from({ length: NUM_CLASSES }, (_, i) => ({
          id: `${i}` as ClassLabelId,
          name: `${i}`,
          colorIndex: i,
        })),
      },
      weights: {
        kernel: Float32Array.from(
          { length: activationSize * NUM_CLASSES },
          (_, i) => (i % 7) / 700,
        ),
        bias: new Float32Array(NUM_CLASSES),
      },
      heldOut: NO_OUTCOMES,
    });
    const durations: number[] = [];
    for (let i = 0; i < numFrames; i++) {
      const frame = drawFrame(i);
      const params = { headId: HEAD_ID, averaging: 'none', backend: BACKEND, frame } as const;
      const { durationMs } = await this.#call('predictFrame', params, { transfer: [frame] });
      durations.push(durationMs);
    }
    return durations;
  }
}

/** A picture that changes, as `ui/camera` hands them on. */
function drawFrame(index: number): ImageBitmap {
  const canvas = new OffscreenCanvas(FRAME.width, FRAME.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser cannot draw off screen');
  for (let i = 0; i < 12; i++) {
    context.fillStyle = `hsl(${(index * 7 + i * 31) % 360}, 70%, 50%)`;
    context.fillRect((i * 53 + index) % FRAME.width, (i * 37) % FRAME.height, 200, 160);
  }
  return canvas.transferToImageBitmap();
}
