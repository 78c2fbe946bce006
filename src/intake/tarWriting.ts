const BLOCK_BYTES = 512;

/** Offsets of a header's fields: POSIX.1-1988, "ustar". */
const FIELDS = {
  name: 0,
  mode: 100,
  owner: 108,
  group: 116,
  size: 124,
  modifiedAt: 136,
  checksum: 148,
  kind: 156,
  magic: 257,
} as const;

/**
 * The parts of a file within a tar archive: header, content, padding to whole blocks. `name`: at most 100
 * ASCII characters. The content is not read, so nothing of it comes into memory.
 */
export function tarEntry(name: string, content: Blob): BlobPart[] {
  const padding = new Uint8Array((BLOCK_BYTES - (content.size % BLOCK_BYTES)) % BLOCK_BYTES);
  return [header(name, content.size), content, padding];
}

/** Two blocks of zeros. */
export function tarEnd(): BlobPart {
  return new Uint8Array(2 * BLOCK_BYTES);
}

/** Bytes that the entry takes. */
export function tarEntryBytes(contentBytes: number): number {
  return BLOCK_BYTES * (1 + Math.ceil(contentBytes / BLOCK_BYTES));
}

function header(name: string, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BLOCK_BYTES);
  const put = (text: string, at: number) => {
    bytes.set(new TextEncoder().encode(text), at);
  };
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  put(name, FIELDS.name);
  put(octal(0o644, 7), FIELDS.mode);
  put(octal(0, 7), FIELDS.owner);
  put(octal(0, 7), FIELDS.group);
  put(octal(size, 11), FIELDS.size);
  put(octal(0, 11), FIELDS.modifiedAt);
  put('0', FIELDS.kind);
  put('ustar\u000000', FIELDS.magic);
  // Summed up as if it were spaces itself.
  put(' '.repeat(8), FIELDS.checksum);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)}\0 `, FIELDS.checksum);
  return bytes;
}
