import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';
import { tensorInRuns } from '../lazyTensor.ts';
import type { TakeRun, WeightTensor } from '../network.ts';
import { readTexts } from './attribute.ts';
import { readDataset, readLayout, type DatasetPlace } from './dataset.ts';
import { loadHdf5Library, MOUNT_FOLDER, type H5Module, type Hdf5Library } from './library.ts';
import { mountSource, type MountedSource } from './sourceFileSystem.ts';

interface OpenFile {
  readonly source: ByteSource;
  readonly id: bigint;
  readonly mounted: MountedSource;
}

const NO_FILE = -1n;
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** The one file that the library has open; another file, or the end of the worker, ends it. */
let current: OpenFile | null = null;

/** Whether the file begins like HDF5. Keras puts nothing before the signature. */
export function isHdf5(source: ByteSource): boolean {
  if (source.size < SIGNATURE.length) return false;
  const start = source.read(0, SIGNATURE.length);
  return SIGNATURE.every((byte, i) => start[i] === byte);
}

/** Errors: base-invalid {file} where it is not HDF5 or damaged. */
export async function openHdf5(source: ByteSource): Promise<Hdf5File> {
  const file = new Hdf5File(await loadHdf5Library(), source);
  file.requireReadable();
  return file;
}

/**
 * An HDF5 file, read where it lies. Needs no closing: the library has one file open at a time and opens
 * this one again when it is asked for something after another. So a tensor can be read for as long as
 * the byte source can, and nothing is held between two reads but the library's small cache.
 * Everything that is wrong with a file is a `base-invalid` that names file and path.
 */
export class Hdf5File {
  readonly #library: Hdf5Library;
  readonly #source: ByteSource;

  constructor(library: Hdf5Library, source: ByteSource) {
    this.#library = library;
    this.#source = source;
  }

  get name(): string {
    return this.#source.name;
  }

  requireReadable(): void {
    this.#use('/', () => null);
  }

  /** Whether there is a group or a dataset at the path. */
  has(path: string): boolean {
    return this.#use(path, (id, module) => module.get_type(id, path) >= 0);
  }

  /** Text of an attribute, or `null` where there is none of that name. */
  text(path: string, attribute: string): string | null {
    const texts = this.texts(path, attribute);
    if (texts === null) return null;
    const [text] = texts;
    return text ?? this.#refuse(path, `has no text as ${attribute}`);
  }

  /** Texts of an attribute, or `null` where there is none of that name. */
  texts(path: string, attribute: string): readonly string[] | null {
    return this.#use(path, (id, module) =>
      readTexts(module, id, path, attribute, (problem) => this.#refuse(path, problem)),
    );
  }

  /**
   * The dataset at the path, or `null` where there is none. Its shape is checked now, against the size
   * of the file; the values are read at each access, and checked at the first.
   */
  tensor(path: string): WeightTensor | null {
    if (!this.has(path)) return null;
    const layout = this.#useDataset(path, readLayout);
    const eachRun = (take: TakeRun) =>
      this.#useDataset(path, (place) => readDataset(place, layout, take));
    return tensorInRuns(layout.shape, eachRun, (problem) => this.#refuse(path, problem));
  }

  #useDataset<Result>(path: string, work: (place: DatasetPlace) => Result): Result {
    const { name: fileName, size: fileBytes } = this.#source;
    return this.#use(path, (file, module) => work({ module, file, fileName, fileBytes, path }));
  }

  /** Runs `work` on the open file; whatever it throws becomes a refusal of this file. */
  #use<Result>(path: string, work: (id: bigint, module: H5Module) => Result): Result {
    return this.#library.reading(this.#source.size, () => this.#useOpen(path, work));
  }

  #useOpen<Result>(path: string, work: (id: bigint, module: H5Module) => Result): Result {
    const { id, mounted } = this.#open();
    try {
      return work(id, this.#library.module);
    } catch (thrown) {
      if (thrown instanceof GraftError) throw thrown;
      return this.#refuse(path, 'cannot be read');
    } finally {
      // What the source itself said comes before what the library made of it, an answer included.
      mounted.throwReadError();
    }
  }

  #open(): OpenFile {
    if (current?.source === this.#source) return current;
    const { module, fs } = this.#library;
    closeCurrent(module);
    const mounted = mountSource(fs, MOUNT_FOLDER, this.#source);
    const id = orElse(NO_FILE, () =>
      module.open(mounted.path, module.H5F_ACC_RDONLY, false, -1, -1),
    );
    if (id === NO_FILE) {
      mounted.unmount();
      mounted.throwReadError();
      this.#refuse('/', 'is not an HDF5 file or is damaged');
    }
    current = { source: this.#source, id, mounted };
    return current;
  }

  #refuse(path: string, problem: string): never {
    const where = path === '/' ? this.name : `${path} in ${this.name}`;
    const details = { file: this.name, ...(path !== '/' && { tensor: path }) };
    throw new GraftError('base-invalid', `${where} ${problem}`, details);
  }
}

function closeCurrent(module: H5Module): void {
  if (current === null) return;
  const { id, mounted } = current;
  orElse(-1, () => module.close_file(id));
  mounted.unmount();
  current = null;
}

/** The library may trap on a damaged file, which is then as good as closed. */
function orElse<Result>(fallback: Result, work: () => Result): Result {
  try {
    return work();
  } catch {
    return fallback;
  }
}
