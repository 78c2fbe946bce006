/** A file whose bytes are read where they are needed, so that a large one is never in memory whole. */
export interface ByteSource {
  /** File name without folders, for recognising companions and for errors. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes from `start` up to, not including, `end`; both within the file. */
  readonly read: (start: number, end: number) => Uint8Array<ArrayBuffer>;
}

/** A file that is in memory already. */
export function bytesInMemory(name: string, bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return { name, size: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}
