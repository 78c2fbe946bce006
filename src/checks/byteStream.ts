/** Takes bytes from a stream in amounts of one's own choice. */
export class ByteStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** Exactly `length` bytes, in memory of their own. Errors: Error where the stream ends before. */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0) await this.#next();
      const part = this.#rest.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return bytes;
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#reader.read();
      if (next.done) return true;
      this.#rest = next.value as Uint8Array<ArrayBuffer>;
    }
    return false;
  }

  async #next(): Promise<void> {
    if (await this.isAtEnd()) throw new Error('A file ends too early');
  }
}
