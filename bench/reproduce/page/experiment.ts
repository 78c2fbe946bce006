import { createClient } from '../../../src/bridge/client.ts';
import type { BaseMethods, HeadMethods } from '../../../src/bridge/protocol.ts';
import { STARTER_BASE } from '../../../src/catalogue/bases.ts';
import type { BaseModel } from '../../../src/domain/baseModel.ts';
import { poolingsFor } from '../../../src/domain/baseSummary.ts';
import { DEFAULT_HEAD_CONFIG, type HeadConfig } from '../../../src/domain/headConfig.ts';
import {
  newId,
  type ClassLabelId,
  type ProjectId,
  type RunId,
  type SampleId,
  type Sha256,
} from '../../../src/domain/ids.ts';
import type { Project, Sample, SplitAssignment } from '../../../src/domain/project.ts';
import type { EpochMetrics, ExactChoice } from '../../../src/domain/trainingRun.ts';
import type { FitCurve } from '../../../src/domain/scratchFit.ts';
import type { OwnBaseRequest } from '../../../src/state/ownBaseState.ts';
import { classifierFor, runSamples } from '../../../src/state/runSubject.ts';
import { compareFits, trainBase, type ScratchJob } from '../../../src/state/scratchJobs.ts';
import type { Services } from '../../../src/state/store.ts';
import { imageRow } from '../../../src/storage/images.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { fetchFile } from '../../base/page/openSubject.ts';
import { withRandomWeights } from './randomWeights.ts';
import { sweepBase, type SweptPoint } from './sweepBase.ts';

/** Photos of one class that are in one part. */
export interface PhotoGroup {
  readonly className: string;
  readonly split: SplitAssignment;
  /** On the bench's own server. */
  readonly addresses: readonly string[];
}

export interface FitOutcome {
  readonly heldOutAccuracy: number;
  readonly numTrained: number;
  readonly numHeldOut: number;
  /** Training alone, with its search if it has one. */
  readonly durationMs: number;
  readonly epochs: readonly EpochMetrics[];
  readonly chosen: ExactChoice | null;
}

/** What computing activations took. */
export interface EmbedOutcome {
  readonly computed: number;
  readonly durationMs: number;
}

type Collected = { readonly samples: readonly Sample[] } & Pick<Project, 'classLabels'>;
type StoredPhoto = Pick<Sample, 'imageHash' | 'width' | 'height' | 'fileName'>;

/** The same on every machine. */
const BACKEND = 'wasm';
/** Photos that are checked in one call, as in the app. */
const BATCH_SIZE = 24;

/**
 * One project of the app with its own two workers, storage and steps, but without its screens. The
 * methods are called in the order in which they stand.
 */
export class Experiment {
  readonly #services: Services;
  #base: BaseModel | null = null;
  #project: Project = emptyProject();
  #samples: readonly Sample[] = [];
  /** All that were collected, of which the project may have some. */
  #collected: Collected = { classLabels: [], samples: [] };
  /** Photos that the base could not be run on. */
  #failed: ReadonlySet<Sha256> = new Set();

  private constructor(services: Services) {
    this.#services = services;
  }

  static async start(): Promise<Experiment> {
    const base = new Worker(new URL('../../../src/base/base.worker.ts', import.meta.url), {
      type: 'module',
    });
    const head = new Worker(new URL('../../../src/head/head.worker.ts', import.meta.url), {
      type: 'module',
    });
    return new Experiment({
      database: await openDatabase(),
      base: createClient<BaseMethods>(base),
      head: createClient<HeadMethods>(head),
      check: () => Promise.reject(new Error('Nothing is exported')),
      withZip: () => Promise.reject(new Error('Nothing is exported')),
      fetchBundledBases: () => Promise.resolve([]),
    });
  }

  /** Checks and stores photos as the app's import does; gives the number of those that it takes. */
  async collect(groups: readonly PhotoGroup[]): Promise<number> {
    const names = [...new Set(groups.map(({ className }) => className))];
    const classLabels = names.map((name, index) => ({
      id: newId<ClassLabelId>(),
      name,
      colorIndex: index,
    }));
    const samples: Sample[] = [];
    for (const { className, split, addresses } of groups) {
      const classLabelId = classLabels[names.indexOf(className)]?.id ?? newId<ClassLabelId>();
      for (let start = 0; start < addresses.length; start += BATCH_SIZE) {
        const photos = await this.#store(addresses.slice(start, start + BATCH_SIZE));
        samples.push(...photos.map((photo) => this.#sample(photo, classLabelId, split)));
      }
    }
    this.#collected = { classLabels, samples };
    this.takeClasses(names);
    return samples.length;
  }

  /** Leaves the project with these of the classes that were collected. */
  takeClasses(names: readonly string[]): void {
    const classLabels = this.#collected.classLabels.filter(({ name }) => names.includes(name));
    const ids = new Set(classLabels.map(({ id }) => id));
    this.#samples = this.#collected.samples.filter(({ classLabelId }) => ids.has(classLabelId));
    this.#project = { ...this.#project, classLabels };
  }

  /** Takes a base of one or several files; with `randomSeed` its architecture with random weights. */
  async openBase(addresses: readonly string[], randomSeed: number | null = null): Promise<void> {
    const trained = await Promise.all(
      addresses.map(async (address) => {
        const blob = await (await fetchFile(address)).blob();
        return new File([blob], address.split('/').at(-1) ?? '');
      }),
    );
    const files = randomSeed === null ? trained : await withRandomWeights(trained, randomSeed);
    const { base } = await this.#services.base('importBase', { files });
    this.#takeBase(base);
  }

  /** Trains a network of two convolutions on the photos, stores it and takes it as the base. */
  async trainBase(request: OwnBaseRequest, seed: number): Promise<FitCurve> {
    const { base, curve } = await trainBase(this.#services, this.#job(seed), request);
    this.#takeBase(base);
    return curve;
  }

  /** New dense layers on the frozen convolutions of the base trained here, and all of it from the start. */
  async compareFits(seed: number): Promise<{ transferred: FitCurve; scratch: FitCurve }> {
    if (this.#base === null) throw new Error('There is no base yet');
    return compareFits(this.#services, this.#job(seed), this.#base);
  }

  /** Cuts the base behind the layer of this name instead, pictures averaged. */
  async cutAt(layerName: string): Promise<void> {
    const { layers } = await this.#services.base('describeBase', { baseId: this.#project.baseId });
    const layer = layers.find(({ name }) => name === layerName);
    if (layer === undefined) throw new Error(`The base has no layer ${layerName}`);
    const [pooling = 'none'] = poolingsFor(layer.outputShape);
    const cut = { positions: [layer.position], pooling };
    this.#project = { ...this.#project, cut };
  }

  /** Accuracy at each cut of the app's sweep, with the settings of the split in `headConfig`. */
  async sweep(headConfig: HeadConfig): Promise<readonly SweptPoint[]> {
    if (this.#base === null) throw new Error('There is no base yet');
    const project = { ...this.#project, headConfig };
    return sweepBase(this.#services, { base: this.#base, project, samples: this.#samples });
  }

  /** Computes the activations that are missing. */
  async embed(): Promise<EmbedOutcome> {
    const { baseId, cut, framing } = this.#project;
    const imageHashes = this.#samples.map(({ imageHash }) => imageHash);
    const params = { baseId, cut, framing, backend: BACKEND, imageHashes } as const;
    const { computed, durationMs, failed } = await this.#services.base('embedSamples', params);
    this.#failed = new Set(failed.map(({ imageHash }) => imageHash));
    return { computed, durationMs };
  }

  /** Splits the photos and trains a head, as the app does when Train is pressed. */
  async fit(headConfig: HeadConfig): Promise<FitOutcome> {
    if (this.#base === null) throw new Error('There is no base yet');
    const project = { ...this.#project, headConfig };
    const readable = this.#samples.filter(({ imageHash }) => !this.#failed.has(imageHash));
    const samples = runSamples(project, readable);
    const trained = await this.#services.head('trainHead', {
      backend: 'wasm',
      run: {
        id: newId<RunId>(),
        projectId: project.id,
        startedAt: Date.now(),
        appVersion: '',
        config: headConfig,
        classifier: classifierFor(this.#base, project),
        samples,
        epochs: [],
        status: 'running',
      },
    });
    if (trained.status === 'paused') throw new Error('Nobody asked for a pause');
    const { evaluations, durationMs, epochs, chosen = null } = trained;
    const heldOut = evaluations.test ?? evaluations.validation;
    if (heldOut === null) throw new Error('No photo was held out');
    return {
      heldOutAccuracy: heldOut.accuracy,
      numTrained: samples.filter(({ part }) => part === 'train').length,
      numHeldOut: heldOut.numSamples,
      durationMs,
      epochs,
      chosen,
    };
  }

  #takeBase(base: BaseModel): void {
    this.#base = base;
    this.#project = { ...this.#project, baseId: base.id, cut: base.defaultCut };
  }

  #job(seed: number): ScratchJob {
    return {
      project: { ...this.#project, headConfig: { ...DEFAULT_HEAD_CONFIG, seed } },
      samples: this.#samples,
      backend: BACKEND,
      signal: new AbortController().signal,
      show: () => undefined,
    };
  }

  async #store(addresses: readonly string[]): Promise<readonly StoredPhoto[]> {
    const files = await Promise.all(
      addresses.map(async (address) => (await fetchFile(address)).blob()),
    );
    const { checks } = await this.#services.base('checkPhotos', { files });
    const photos: StoredPhoto[] = [];
    for (const [index, blob] of files.entries()) {
      const check = checks[index];
      if (check?.status !== 'ok') continue;
      const { imageHash, width, height } = check;
      await this.#services.database.put('images', await imageRow({ hash: imageHash, blob }));
      photos.push({ imageHash, width, height, fileName: addresses[index] ?? '' });
    }
    return photos;
  }

  #sample(photo: StoredPhoto, classLabelId: ClassLabelId, split: SplitAssignment): Sample {
    return {
      ...photo,
      id: newId<SampleId>(),
      projectId: this.#project.id,
      classLabelId,
      source: 'file',
      addedAt: Date.now(),
      deletedAt: null,
      split,
    };
  }
}

function emptyProject(): Project {
  return {
    id: newId<ProjectId>(),
    name: '',
    createdAt: Date.now(),
    updatedAt: Date.now(),
    deletedAt: null,
    baseId: STARTER_BASE.id,
    cut: { positions: [], pooling: 'none' },
    framing: 'centre-square',
    classLabels: [],
    headConfig: DEFAULT_HEAD_CONFIG,
  };
}
