import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';

/** Numbers as FlatBuffers keep them, little endian. */
const SCALARS = {
  int8: { size: 1, read: (view: DataView, at: number) => view.getInt8(at) },
  uint8: { size: 1, read: (view: DataView, at: number) => view.getUint8(at) },
  uint16: { size: 2, read: (view: DataView, at: number) => view.getUint16(at, true) },
  int32: { size: 4, read: (view: DataView, at: number) => view.getInt32(at, true) },
  uint32: { size: 4, read: (view: DataView, at: number) => view.getUint32(at, true) },
  float32: { size: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
  int64: { size: 8, read: (view: DataView, at: number) => Number(view.getBigInt64(at, true)) },
  uint64: { size: 8, read: (view: DataView, at: number) => Number(view.getBigUint64(at, true)) },
} as const;

export type Scalar = keyof typeof SCALARS;

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Tables lie among the weights: what is around one is read with it. */
const PAGE_BYTES = 2 ** 16;
/** Behind each page, for a number that begins in it. */
const OVERLAP_BYTES = 8;
/** 4 MiB. */
const MAX_PAGES = 64;
/** Small files may have several tables refer to one list. */
const SPARE_BYTES = 2 ** 20;

/** Numbers and lists out of a file, wherever it says that they are. Errors: base-invalid. */
export class FlatFile {
  readonly #source: ByteSource;
  readonly #pages = new Map<number, DataView>();
  /** Lists do not share bytes, so that all of them are no longer than the file. */
  #bytesLeft: number;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#bytesLeft = source.size + SPARE_BYTES;
  }

  number(kind: Scalar, at: number): number {
    const { size, read } = SCALARS[kind];
    this.#requireInside(at, size);
    const page = Math.floor(at / PAGE_BYTES);
    return read(this.#page(page), at - page * PAGE_BYTES);
  }

  /** `length` numbers from `start` on. */
  numbers(kind: Scalar, start: number, length: number): number[] {
    const { size } = SCALARS[kind];
    this.#takeList(start, length * size);
    return Array.from({ length }, (_, i) => this.number(kind, start + i * size));
  }

  bytes({ start, end }: ByteRange): Uint8Array<ArrayBuffer> {
    this.#takeList(start, end - start);
    return this.#source.read(start, end);
  }

  /** Bytes that are to be read later, if at all. */
  range(start: number, length: number): ByteRange {
    this.#requireInside(start, length);
    return { start, end: start + length };
  }

  #takeList(start: number, length: number): void {
    this.#requireInside(start, length);
    this.#bytesLeft -= length;
    if (this.#bytesLeft < 0) refuseLite('names the same bytes again and again');
  }

  #requireInside(start: number, length: number): void {
    const isInside = start >= 0 && length >= 0 && start + length <= this.#source.size;
    if (!isInside) refuseLite('points beyond its end');
  }

  #page(number: number): DataView {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    const start = number * PAGE_BYTES;
    const end = Math.min(start + PAGE_BYTES + OVERLAP_BYTES, this.#source.size);
    const { buffer, byteOffset, byteLength } = this.#source.read(start, end);
    const page = new DataView(buffer, byteOffset, byteLength);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    this.#pages.set(number, page);
    return page;
  }
}

/** Refuses a file that is broken or hostile. */
export function refuseLite(problem: string): never {
  throw new GraftError('base-invalid', `The TensorFlow Lite file ${problem}`);
}
