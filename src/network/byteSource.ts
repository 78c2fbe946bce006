/** A file whose bytes are read where they are needed, so that a large one is never in memory whole. */
export interface ByteSource {
  /** File name without folders, for recognising companions and for errors. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes from `start` up to, not including, `end`; both within the file. */
  readonly read: (start: number, end: number) => Uint8Array<ArrayBuffer>;
  /**
   * For who has copied what `read` gave and reads much: gives its memory back where nobody else can
   * have it. The collector may leave hundreds of megabytes lying for seconds.
   */
  readonly release?: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/** A file that is in memory already. */
export function bytesInMemory(name: string, bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return { name, size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

/** Files end to end, as if they were one; a range across a border is the only one that is copied. */
export function joinedSource(name: string, parts: readonly ByteSource[]): ByteSource {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const read = (start: number, end: number) => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let partStart = 0;
    for (const part of parts) {
      const from = Math.max(start, partStart) - partStart;
      const to = Math.min(end, partStart + part.size) - partStart;
      if (from < to) pieces.push(part.read(from, to));
      partStart += part.size;
    }
    return joined(pieces);
  };
  return { name, size, read };
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only, ...more] = pieces;
  if (only !== undefined && more.length === 0) return only;
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
