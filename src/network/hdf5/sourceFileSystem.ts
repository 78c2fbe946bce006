import type { ByteSource } from '../byteSource.ts';
import { isDamagedGlobalHeap } from './globalHeap.ts';

/**
 * The part of Emscripten's file system that is used here; h5wasm's own types leave it out.
 * See `library_fs.js` and `library_workerfs.js` of Emscripten.
 */
export interface EmscriptenFs {
  readonly ErrnoError: new (errno: number) => Error;
  createNode(parent: FsNode | null, name: string, mode: number, device: number): FsNode;
  mkdir(path: string): void;
  rmdir(path: string): void;
  mount(type: { mount: () => FsNode }, options: object, mountPoint: string): void;
  unmount(mountPoint: string): void;
  getStream(descriptor: number): object | null;
  open(path: string, flags: string): object;
  close(stream: object): void;
}

export interface FsNode {
  node_ops: object;
  stream_ops: object;
  readonly id: number;
  readonly mode: number;
}

export interface FsStream {
  readonly position: number;
}

const FOLDER_MODE = 0o40555;
const FILE_MODE = 0o100444;
/** WASI's numbers, which Emscripten uses. */
const ERRNO = { noEntry: 44, readFailed: 29 };
const SEEK = { fromCurrent: 1, fromEnd: 2 };

/** A file of somebody's disk or of a zip, as C code sees it. */
export interface MountedSource {
  readonly path: string;
  /** Throws what `ByteSource.read` threw since it was last asked: C code learns only that it failed. */
  readonly throwReadError: () => void;
  readonly unmount: () => void;
}

/**
 * Puts a byte source into the file system as a read-only file. Nothing is copied but what is read:
 * C code asks for a range and gets it. Works wherever `read` does, in a worker and in Node.
 */
export function mountSource(fs: EmscriptenFs, folder: string, source: ByteSource): MountedSource {
  let readError: Error | null = null;

  function read(_: FsStream, heap: Int8Array, at: number, length: number, position: number) {
    const start = Math.min(position, source.size);
    const end = Math.min(start + length, source.size);
    if (start === end) return 0;
    const bytes = readSource(start, end);
    if (isDamagedGlobalHeap(source, start, bytes)) throw new fs.ErrnoError(ERRNO.readFailed);
    heap.set(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), at);
    source.release?.(bytes);
    return end - start;
  }

  function readSource(start: number, end: number): Uint8Array<ArrayBuffer> {
    try {
      return source.read(start, end);
    } catch (thrown) {
      readError = thrown instanceof Error ? thrown : new Error(String(thrown));
      throw new fs.ErrnoError(ERRNO.readFailed);
    }
  }

  const path = mountOneFile(fs, folder, {
    mode: FILE_MODE,
    node_ops: { getattr: attributesOf(() => source.size) },
    stream_ops: { read, llseek: seekIn(() => source.size) },
  });
  return {
    path,
    throwReadError: () => {
      const error = readError;
      readError = null;
      if (error !== null) throw error;
    },
    unmount: () => fs.unmount(folder),
  };
}

/** Makes a folder's file system one of a single file, and gives the file's path. */
export function mountOneFile(
  fs: EmscriptenFs,
  folder: string,
  { mode, node_ops, stream_ops }: Pick<FsNode, 'mode' | 'node_ops' | 'stream_ops'>,
): string {
  const file = 'file';
  const lookup = () => {
    throw new fs.ErrnoError(ERRNO.noEntry);
  };
  const mount = () => {
    const root = fs.createNode(null, '/', FOLDER_MODE, 0);
    root.node_ops = { getattr: attributesOf(() => 0), lookup };
    root.stream_ops = {};
    const node = fs.createNode(root, file, mode, 0);
    node.node_ops = node_ops;
    node.stream_ops = stream_ops;
    return root;
  };
  fs.mount({ mount }, {}, folder);
  return `${folder}/${file}`;
}

/** C's `lseek` in a file of the size that `sizeOf` gives. */
export function seekIn(sizeOf: () => number) {
  return ({ position }: FsStream, offset: number, whence: number): number => {
    if (whence === SEEK.fromCurrent) return position + offset;
    return whence === SEEK.fromEnd ? sizeOf() + offset : offset;
  };
}

/** Files have no dates here, owners no names. */
export function attributesOf(sizeOf: () => number) {
  const time = new Date(0);
  return ({ id, mode }: FsNode) => ({
    dev: 1,
    ino: id,
    mode,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size: sizeOf(),
    atime: time,
    mtime: time,
    ctime: time,
    blksize: 4096,
    blocks: Math.ceil(sizeOf() / 4096),
  });
}
