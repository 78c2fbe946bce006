import { ByteStream } from './byteStream.ts';

/** An array of an `.npz`, its values to be taken from the stream. */
export interface ReadArray {
  readonly type: string;
  readonly shape: readonly number[];
  readonly values: ByteStream;
}

const DIRECTORY_END = { signature: 0x06054b50, length: 22 };
const ENTRY = { signature: 0x02014b50, length: 46 };
const FILE_HEADER_LENGTH = 30;
/** What a size of 32 bits is where a field of 64 bits has it (APPNOTE.TXT 4.5.3). */
const ELSEWHERE = 0xffffffff;
const ZIP64_FIELD = 1;

/** The arrays of an `.npz` by their names, unpacked while they are read. Errors: Error. */
export async function readNpz(file: Blob): Promise<ReadonlyMap<string, () => Promise<ReadArray>>> {
  const end = await viewOf(file, file.size - DIRECTORY_END.length, file.size);
  if (end.getUint32(0, true) !== DIRECTORY_END.signature) throw new Error('The zip has no end');
  const numFiles = end.getUint16(10, true);
  const start = end.getUint32(16, true);
  const directory = await viewOf(file, start, start + end.getUint32(12, true));
  const arrays = new Map<string, () => Promise<ReadArray>>();
  let offset = 0;
  for (let i = 0; i < numFiles; i++) {
    if (directory.getUint32(offset, true) !== ENTRY.signature) throw new Error('A damaged zip');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) =>
      directory.getUint16(offset + at, true),
    );
    const name = textOf(directory, offset + ENTRY.length, nameLength ?? 0);
    const extra = offset + ENTRY.length + (nameLength ?? 0);
    const packed = packedSize(directory, offset, extra, extra + (extraLength ?? 0));
    const headerStart = directory.getUint32(offset + 42, true);
    const isDeflated = directory.getUint16(offset + 10, true) === 8;
    const open = () => openArray(file, { headerStart, packed, isDeflated });
    arrays.set(name.replace(/\.npy$/, ''), open);
    offset = extra + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return arrays;
}

function packedSize(directory: DataView, offset: number, from: number, to: number): number {
  const stated = directory.getUint32(offset + 20, true);
  if (stated !== ELSEWHERE) return stated;
  for (let at = from; at + 4 <= to; at += 4 + directory.getUint16(at + 2, true)) {
    if (directory.getUint16(at, true) !== ZIP64_FIELD) continue;
    // The unpacked size comes first, where it is there too.
    const hasUnpacked = directory.getUint32(offset + 24, true) === ELSEWHERE;
    return Number(directory.getBigUint64(at + (hasUnpacked ? 12 : 4), true));
  }
  throw new Error('The zip gives no size');
}

interface PackedArray {
  readonly headerStart: number;
  readonly packed: number;
  readonly isDeflated: boolean;
}

async function openArray(
  file: Blob,
  { headerStart, packed, isDeflated }: PackedArray,
): Promise<ReadArray> {
  const header = await viewOf(file, headerStart, headerStart + FILE_HEADER_LENGTH);
  const start =
    headerStart + FILE_HEADER_LENGTH + header.getUint16(26, true) + header.getUint16(28, true);
  const stored = file.slice(start, start + packed).stream();
  const bytes = isDeflated ? stored.pipeThrough(new DecompressionStream('deflate-raw')) : stored;
  const values = new ByteStream(bytes);
  return { ...readDescription(await readHeader(values)), values };
}

/** The text that describes an array, of format 1.0 (numpy/lib/format.py). */
async function readHeader(values: ByteStream): Promise<string> {
  const start = await values.take(10);
  if (String.fromCharCode(...start.subarray(1, 6)) !== 'NUMPY') throw new Error('Not an array');
  const length = (start[8] ?? 0) + 256 * (start[9] ?? 0);
  return new TextDecoder('latin1').decode(await values.take(length));
}

function readDescription(text: string): { type: string; shape: number[] } {
  const [, type] = /'descr': '([^']+)'/.exec(text) ?? [];
  const [, shape] = /'shape': \(([\d, ]*)\)/.exec(text) ?? [];
  const isInOrder = text.includes("'fortran_order': False");
  if (type === undefined || shape === undefined || !isInOrder)
    throw new Error(`Not an array: ${text}`);
  return { type, shape: (shape.match(/\d+/g) ?? []).map(Number) };
}

async function viewOf(file: Blob, start: number, end: number): Promise<DataView> {
  if (start < 0 || end > file.size) throw new Error('The zip is cut short');
  return new DataView(await file.slice(start, end).arrayBuffer());
}

function textOf(view: DataView, offset: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + offset, length));
}
