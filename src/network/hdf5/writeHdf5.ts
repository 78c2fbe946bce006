import { GraftError } from '../../domain/errors.ts';
import { freeValues } from '../lazyTensor.ts';
import type { TakeRun, WeightTensor } from '../network.ts';
import { piecesOf, type Piece } from './dataset.ts';
import { loadHdf5Library, type H5Module } from './library.ts';
import { mountTarget } from './targetFileSystem.ts';

const FOLDER = '/target';
const NO_FILE = -1n;
/** HDF5's own number for floating-point values, as `H5T_class_t` has it. */
const FLOAT_CLASS = 1;
const STRING_CLASS = 3;
/** What goes through the library at once: its memory never shrinks again. */
const PIECE_VALUES = 2 ** 19;

/** Puts groups, texts and tensors into a new file; paths begin with `/`, parents come first. */
export interface Hdf5Writer {
  readonly group: (path: string) => void;
  readonly text: (path: string, attribute: string, text: string) => void;
  /** An empty list is written as h5py does, as one of numbers. */
  readonly texts: (path: string, attribute: string, texts: readonly string[]) => void;
  /** As float32. */
  readonly tensor: (path: string, tensor: WeightTensor) => void;
}

/**
 * An HDF5 file that `fill` has filled, always the same for the same content. `expectedBytes`: about how
 * large it will be. Tensors are taken one after another, and of large ones a piece at a time.
 * Errors: out-of-memory, and what reading a tensor throws.
 */
export async function writeHdf5(
  expectedBytes: number,
  fill: (writer: Hdf5Writer) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const { module, fs } = await loadHdf5Library();
  const target = mountTarget(fs, FOLDER, expectedBytes);
  try {
    withoutClock(() => {
      const file = module.open(target.path, module.H5F_ACC_TRUNC, false, -1, -1);
      if (file === NO_FILE) throw new Error('The HDF5 library cannot begin a file');
      try {
        fill(new FileWriter(module, file));
      } finally {
        module.close_file(file);
      }
    });
    return target.bytes();
  } finally {
    target.unmount();
  }
}

/** HDF5 writes down when each dataset was made, which h5wasm has no setting against. */
function withoutClock(work: () => void): void {
  const { now } = Date;
  Date.now = () => 0;
  try {
    work();
  } finally {
    Date.now = now;
  }
}

const FLOATS = { type: FLOAT_CLASS, signed: false, littleEndian: true, vlen: false } as const;

class FileWriter implements Hdf5Writer {
  readonly #module: H5Module;
  readonly #file: bigint;

  constructor(module: H5Module, file: bigint) {
    this.#module = module;
    this.#file = file;
  }

  group(path: string): void {
    requireDone(this.#module.create_group(this.#file, path), path);
  }

  text(path: string, attribute: string, text: string): void {
    this.#addTexts(path, attribute, [text], []);
  }

  texts(path: string, attribute: string, texts: readonly string[]): void {
    if (texts.length > 0) {
      this.#addTexts(path, attribute, texts, [BigInt(texts.length)]);
      return;
    }
    const metadata = { ...FLOATS, size: 8, total_size: 0, shape: [0n], maxshape: [0n] };
    this.#withMemory(8, (address) => {
      const status = this.#module.create_attribute(this.#file, path, attribute, address, metadata);
      requireDone(status, path);
    });
  }

  tensor(path: string, tensor: WeightTensor): void {
    const module = this.#module;
    const shape = tensor.shape.map(BigInt);
    const total_size = tensor.shape.reduce((product, size) => product * size, 1);
    const metadata = { ...FLOATS, size: 4, total_size, shape, maxshape: shape };
    // Without an address it is made, but not yet written.
    requireDone(module.create_dataset(this.#file, path, 0n, metadata), path);
    const pieces = piecesOf(tensor.shape, PIECE_VALUES);
    const largest = Math.max(0, ...pieces.map(({ numValues }) => numValues));
    const strides = shape.map(() => 1n);
    this.#withMemory(largest * 4, (address) => {
      const write = ({ count, start }: Piece) => {
        const file = this.#file;
        requireDone(module.set_dataset_data(file, path, count, start, strides, address), path);
      };
      fillPieces(
        pieces,
        tensor,
        (values, at) => {
          module.HEAPU8.set(bytesOf(values), Number(address) + at * 4);
        },
        write,
      );
    });
  }

  #addTexts(path: string, attribute: string, texts: readonly string[], shape: bigint[]): void {
    const metadata = {
      ...FLOATS,
      type: STRING_CLASS,
      vlen: true,
      size: 4,
      total_size: texts.length,
      shape,
      maxshape: shape,
    };
    const module = this.#module;
    const status = module.create_vlen_str_attribute(this.#file, path, attribute, texts, metadata);
    requireDone(status, path);
  }

  #withMemory(numBytes: number, work: (address: bigint) => void): void {
    const pointer = this.#module._malloc(numBytes);
    if (pointer === 0) throw new GraftError('out-of-memory', 'No memory left for writing HDF5');
    try {
      work(BigInt(pointer));
    } finally {
      this.#module._free(pointer);
    }
  }
}

/** Hands the tensor's values on, `set` for those of a piece from `at` on and `write` when it is full. */
function fillPieces(
  pieces: readonly Piece[],
  tensor: WeightTensor,
  set: (values: Float32Array, at: number) => void,
  write: (piece: Piece) => void,
): void {
  let [index, numFilled] = [0, 0];
  const take: TakeRun = (values) => {
    let from = 0;
    for (let piece = pieces[index]; piece !== undefined; piece = pieces[index]) {
      const part = values.subarray(from, from + piece.numValues - numFilled);
      if (part.length === 0) return;
      set(part, numFilled);
      from += part.length;
      numFilled += part.length;
      if (numFilled < piece.numValues) return;
      write(piece);
      index++;
      numFilled = 0;
    }
  };
  if (tensor.eachRun !== undefined) {
    tensor.eachRun(take);
    return;
  }
  const { values } = tensor;
  take(values, 0);
  freeValues(tensor, values);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function requireDone(status: number, path: string): void {
  if (status < 0) throw new Error(`The HDF5 library cannot write ${path}`);
}
