import type { ByteSource } from '../byteSource.ts';
import { FlatFile, refuseLite, type ByteRange, type Scalar } from './flatFile.ts';

/** Bytes before the first field's place in a table of places: its length, and that of the table. */
const VTABLE_HEADER = 4;
const PLACE_BYTES = 2;
const OFFSET_BYTES = 4;
/** Far above any network that fits a browser. */
const MAX_TABLES = 10_000;
const MAX_TEXT_BYTES = 1000;

/**
 * A table of a FlatBuffer, https://flatbuffers.dev/internals, whose fields are known by their number in the
 * schema; one that is left out has its default. Every offset is checked before it is followed, and no
 * schema that is read here has tables within tables without end. Errors: base-invalid.
 */
export class FlatTable {
  readonly #file: FlatFile;
  readonly #position: number;
  readonly #places: number;
  readonly #placesEnd: number;

  private constructor(file: FlatFile, position: number) {
    this.#file = file;
    this.#position = position;
    const vtable = position - file.number('int32', position);
    this.#places = vtable + VTABLE_HEADER;
    this.#placesEnd = vtable + file.number('uint16', vtable);
  }

  static root(source: ByteSource): FlatTable {
    const file = new FlatFile(source);
    return new FlatTable(file, file.number('uint32', 0));
  }

  number(field: number, kind: Scalar, fallback = 0): number {
    const at = this.#place(field);
    return at === null ? fallback : this.#file.number(kind, at);
  }

  flag(field: number): boolean {
    return this.number(field, 'uint8') !== 0;
  }

  text(field: number): string {
    const bytes = this.bytes(field);
    if (bytes === null) return '';
    const start = this.#file.bytes({
      ...bytes,
      end: Math.min(bytes.end, bytes.start + MAX_TEXT_BYTES),
    });
    return new TextDecoder().decode(start);
  }

  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at === null ? null : this.#follow(at);
  }

  tables(field: number): readonly FlatTable[] {
    const { start, length } = this.#list(field);
    if (length > MAX_TABLES) refuseLite(`has a list of ${length} tables`);
    return Array.from({ length }, (_, i) => this.#follow(start + i * OFFSET_BYTES));
  }

  numbers(field: number, kind: Scalar): readonly number[] {
    const { start, length } = this.#list(field);
    return this.#file.numbers(kind, start, length);
  }

  /** Where a list of bytes lies; `null` where there is none. */
  bytes(field: number): ByteRange | null {
    const { start, length } = this.#list(field);
    return length === 0 ? null : this.#file.range(start, length);
  }

  #place(field: number): number | null {
    const at = this.#places + field * PLACE_BYTES;
    const offset = at + PLACE_BYTES <= this.#placesEnd ? this.#file.number('uint16', at) : 0;
    return offset === 0 ? null : this.#position + offset;
  }

  #list(field: number): { readonly start: number; readonly length: number } {
    const at = this.#place(field);
    if (at === null) return { start: 0, length: 0 };
    const start = at + this.#file.number('uint32', at);
    return { start: start + OFFSET_BYTES, length: this.#file.number('uint32', start) };
  }

  #follow(at: number): FlatTable {
    return new FlatTable(this.#file, at + this.#file.number('uint32', at));
  }
}
