import { crc32 } from '../domain/crc32.ts';
import { GraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';

/** A file in a zip, as the zip's directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZippedFile {
  /** As it is written there; data, never a path of a file system. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly headerOffset: number;
  readonly crc32: number;
}

const STORED = 0;
const DEFLATED = 8;
const DIRECTORY_END = { signature: 0x06054b50, length: 22, maxComment: 0xffff };
const DIRECTORY_ENTRY = { signature: 0x02014b50, length: 46 };
const FILE_HEADER = { signature: 0x04034b50, length: 30 };
/** Weights come in pieces of 4 MB. */
const MAX_FILES = 500;
/** Unpacked files are kept in memory, all of them; larger weights come uncompressed or not in a zip. */
const MAX_INFLATED_BYTES = 1e9;
/** Weights shrink to a tenth at best; what unpacks to more than this many times its size is no model. */
const MAX_RATIO = 200;
const HARMLESS_BYTES = 20e6;

/** Whether the file begins like a zip. */
export function isZip(source: ByteSource): boolean {
  return source.size >= 4 && viewOf(source, 0, 4).getUint32(0, true) === FILE_HEADER.signature;
}

/** The files of a zip; only its directory is read. Errors: base-invalid {file}. */
export function listZip(zip: ByteSource): readonly ZippedFile[] {
  const { directoryOffset, directoryBytes, numFiles } = findDirectory(zip);
  if (numFiles > MAX_FILES) refuse(zip, `holds ${numFiles} files`);
  const directory = viewOf(zip, directoryOffset, directoryOffset + directoryBytes);
  const files: ZippedFile[] = [];
  let offset = 0;
  for (let i = 0; i < numFiles; i++) {
    const nameStart = offset + DIRECTORY_ENTRY.length;
    if (nameStart > directoryBytes) refuse(zip, 'has a damaged directory');
    if (directory.getUint32(offset, true) !== DIRECTORY_ENTRY.signature) {
      refuse(zip, 'has a damaged directory');
    }
    const nameEnd = nameStart + directory.getUint16(offset + 28, true);
    if (nameEnd > directoryBytes) refuse(zip, 'has a damaged directory');
    const name = new Uint8Array(
      directory.buffer,
      directory.byteOffset + nameStart,
      nameEnd - nameStart,
    );
    files.push(readEntry(directory, offset, new TextDecoder().decode(name)));
    const extraBytes = directory.getUint16(offset + 30, true);
    offset = nameEnd + extraBytes + directory.getUint16(offset + 32, true);
  }
  const inflatedBytes = files
    .filter(({ method }) => method !== STORED)
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  // Many files, each harmless by itself, are as bad as a large one.
  if (inflatedBytes > MAX_INFLATED_BYTES || isBomb(inflatedBytes, zip.size)) {
    refuse(zip, `would unpack to ${Math.round(inflatedBytes / 1e6)} MB`);
  }
  return files.filter(({ path }) => !path.endsWith('/'));
}

/**
 * The file's bytes: those of a stored one where they lie in the zip, those of a deflated one unpacked
 * into memory, never more than the directory announces. Errors: base-invalid {file}.
 */
export async function openZipped(zip: ByteSource, file: ZippedFile): Promise<ByteSource> {
  const { path, sizeBytes, compressedBytes } = file;
  if (file.isEncrypted) refuse(zip, `holds ${path} encrypted`);
  const start = findData(zip, file);
  if (start + compressedBytes > zip.size) refuse(zip, `ends before ${path} does`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (file.method === STORED) {
    if (sizeBytes !== compressedBytes) refuse(zip, `gives two sizes for ${path}`);
    const read = (from: number, to: number) => zip.read(start + from, start + to);
    return { name, size: sizeBytes, read, ...(zip.release && { release: zip.release }) };
  }
  if (file.method !== DEFLATED) refuse(zip, `holds ${path} compressed in an unknown way`);
  if (isBomb(sizeBytes, compressedBytes)) {
    refuse(zip, `would unpack ${path} to ${Math.round(sizeBytes / 1e6)} MB`);
  }
  const packed = zip.read(start, start + compressedBytes);
  const bytes = await inflate(packed, sizeBytes).catch(() => null);
  if (bytes === null || crc32([bytes]) !== file.crc32) refuse(zip, `holds ${path} damaged`);
  return bytesInMemory(name, bytes);
}

function isBomb(sizeBytes: number, compressedBytes: number): boolean {
  return sizeBytes > HARMLESS_BYTES && sizeBytes > compressedBytes * MAX_RATIO;
}

function readEntry(directory: DataView, offset: number, path: string): ZippedFile {
  const word = (at: number) => directory.getUint32(offset + at, true);
  return {
    path: path.replaceAll('\\', '/'),
    sizeBytes: word(24),
    compressedBytes: word(20),
    method: directory.getUint16(offset + 10, true),
    isEncrypted: (directory.getUint16(offset + 8, true) & 1) === 1,
    headerOffset: word(42),
    crc32: word(16),
  };
}

/** Looks for the end record from the end of the file, where a comment may follow it. */
function findDirectory(zip: ByteSource) {
  const tailStart = Math.max(0, zip.size - DIRECTORY_END.length - DIRECTORY_END.maxComment);
  const tail = viewOf(zip, tailStart, zip.size);
  for (let offset = tail.byteLength - DIRECTORY_END.length; offset >= 0; offset--) {
    if (tail.getUint32(offset, true) !== DIRECTORY_END.signature) continue;
    const numFiles = tail.getUint16(offset + 10, true);
    const directoryBytes = tail.getUint32(offset + 12, true);
    const directoryOffset = tail.getUint32(offset + 16, true);
    if (directoryOffset + directoryBytes > zip.size) break;
    return { numFiles, directoryBytes, directoryOffset };
  }
  return refuse(zip, 'is cut short: its directory is missing');
}

/** Where the file's bytes begin: its own header may have other extra fields than the directory. */
function findData(zip: ByteSource, { headerOffset, path }: ZippedFile): number {
  const nameStart = headerOffset + FILE_HEADER.length;
  if (nameStart > zip.size) return refuse(zip, `ends before ${path} does`);
  const header = viewOf(zip, headerOffset, nameStart);
  if (header.getUint32(0, true) !== FILE_HEADER.signature) refuse(zip, `holds ${path} damaged`);
  return nameStart + header.getUint16(26, true) + header.getUint16(28, true);
}

async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const bytes = new Uint8Array(sizeBytes);
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (length + next.value.length > sizeBytes) {
      await reader.cancel();
      return null;
    }
    bytes.set(next.value, length);
    length += next.value.length;
  }
  return length === sizeBytes ? bytes : null;
}

function viewOf(source: ByteSource, start: number, end: number): DataView {
  const bytes = source.read(start, end);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function refuse(zip: ByteSource, problem: string): never {
  throw new GraftError('base-invalid', `The zip ${zip.name} ${problem}`, { file: zip.name });
}
