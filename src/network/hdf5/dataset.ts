import { decodeFloat16 } from '../../domain/float16.ts';
import { GraftError } from '../../domain/errors.ts';
import type { TakeRun } from '../network.ts';
import type { H5Module } from './library.ts';

/** Which dataset, in a file that the library has open. */
export interface DatasetPlace {
  readonly module: H5Module;
  readonly file: bigint;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly path: string;
}

/** What a dataset's header says, once it has been found to be possible. */
export interface DatasetLayout {
  readonly shape: readonly number[];
  readonly numValues: number;
  readonly bytesPerValue: 2 | 4 | 8;
}

const FLOAT_CLASS = 1;
/** Weights of more are nothing that a browser could run. */
const MAX_TENSOR_BYTES = 2 ** 31;
/** A chunk is unpacked whole. */
const MAX_CHUNK_BYTES = 2 ** 28;
/** Weights shrink to a tenth at best. */
const MAX_RATIO = 200;
/** A large tensor goes through the library piece by piece, since its memory never shrinks again. */
const PIECE_BYTES = 2 * 2 ** 20;

/** Reads and checks the header. Errors: base-invalid {file, tensor}. */
export function readLayout(place: DatasetPlace): DatasetLayout {
  const { module, file, fileBytes, path } = place;
  const { type, size, shape, chunks } = module.get_dataset_metadata(file, path);
  if (type !== FLOAT_CLASS || (size !== 2 && size !== 4 && size !== 8)) {
    return refuse(place, 'is not a tensor of floating-point numbers');
  }
  if (shape === null) return refuse(place, 'has no shape');
  const numValues = product(shape);
  const bytes = numValues * size;
  // Only what is in chunks may be compressed.
  const limit = chunks === null ? fileBytes : Math.min(fileBytes * MAX_RATIO, MAX_TENSOR_BYTES);
  const isChunkTooLarge = chunks !== null && product(chunks) * size > MAX_CHUNK_BYTES;
  if (!(bytes <= limit) || isChunkTooLarge) {
    const claimed = `${shape.join(' × ')} values`;
    return refuse(place, `says it has ${claimed}, which the file cannot hold`);
  }
  return { shape, numValues, bytesPerValue: size };
}

/** Gives the values as float32, run by run. Errors: base-invalid {file, tensor}. */
export function readDataset(
  place: DatasetPlace,
  { shape, bytesPerValue }: DatasetLayout,
  take: TakeRun,
): void {
  const { module, file, path } = place;
  const pieces = piecesOf(shape, PIECE_BYTES / bytesPerValue);
  const largest = Math.max(0, ...pieces.map(({ numValues: length }) => length));
  const pointer = module._malloc(largest * bytesPerValue);
  if (pointer === 0) throw new GraftError('out-of-memory', 'No memory left for reading HDF5');
  try {
    let position = 0;
    for (const { start, count, numValues: length } of pieces) {
      const stride = shape.map(() => 1n);
      const address = BigInt(pointer);
      const status = module.get_dataset_data(file, path, count, start, stride, address);
      if (status < 0) refuse(place, 'cannot be read');
      take(decode(module.HEAPU8, pointer, length, bytesPerValue), position);
      position += length;
    }
  } finally {
    module._free(pointer);
  }
}

/** A part of a dataset that goes through the library at once. */
export interface Piece {
  readonly start: bigint[];
  readonly count: bigint[];
  readonly numValues: number;
}

/** Runs of whole rows of the first axis that has more than one. */
export function piecesOf(shape: readonly number[], maxValues: number): Piece[] {
  const axis = Math.max(
    0,
    shape.findIndex((size) => size > 1),
  );
  const numRows = shape[axis] ?? 1;
  const rowValues = product(shape.slice(axis + 1));
  const rowsPerPiece = Math.max(1, Math.floor(maxValues / rowValues));
  const pieces: Piece[] = [];
  for (let row = 0; row < numRows && rowValues > 0; row += rowsPerPiece) {
    const rows = Math.min(rowsPerPiece, numRows - row);
    pieces.push({
      start: shape.map((_, i) => BigInt(i === axis ? row : 0)),
      count: shape.map((size, i) => BigInt(i === axis ? rows : size)),
      numValues: rows * rowValues,
    });
  }
  return pieces;
}

function decode(
  heap: Uint8Array,
  pointer: number,
  length: number,
  bytesPerValue: DatasetLayout['bytesPerValue'],
): Float32Array {
  const { buffer } = heap;
  switch (bytesPerValue) {
    case 2:
      return decodeFloat16(new Uint16Array(buffer, pointer, length));
    case 4:
      return new Float32Array(buffer, pointer, length);
    case 8:
      return Float32Array.from(new Float64Array(buffer, pointer, length));
  }
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}

function refuse({ fileName, path }: DatasetPlace, problem: string): never {
  const message = `The tensor ${path} in ${fileName} ${problem}`;
  throw new GraftError('base-invalid', message, { file: fileName, tensor: path });
}
