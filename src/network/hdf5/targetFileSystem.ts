import {
  attributesOf,
  mountOneFile,
  seekIn,
  type EmscriptenFs,
  type FsStream,
} from './sourceFileSystem.ts';

/** A file that C code writes. */
export interface MountedTarget {
  readonly path: string;
  /** What has been written, without a copy: it goes on belonging to the file until it is unmounted. */
  readonly bytes: () => Uint8Array<ArrayBuffer>;
  readonly unmount: () => void;
}

const FILE_MODE = 0o100644;
const GROWTH = 1.25;

/**
 * Puts a file that can be written into the file system. Emscripten's own would let it grow by copying
 * it again and again; this one has room for `expectedBytes` from the start.
 */
export function mountTarget(
  fs: EmscriptenFs,
  folder: string,
  expectedBytes: number,
): MountedTarget {
  let room = new Uint8Array(expectedBytes);
  let size = 0;

  function resize(newSize: number): void {
    if (newSize > room.length) {
      const larger = new Uint8Array(Math.ceil(Math.max(newSize, room.length * GROWTH)));
      larger.set(room.subarray(0, size));
      room = larger;
    }
    if (newSize < size) room.fill(0, newSize, size);
    size = newSize;
  }

  function write(_: FsStream, heap: Int8Array, at: number, length: number, position: number) {
    if (position + length > size) resize(position + length);
    room.set(heap.subarray(at, at + length), position);
    return length;
  }

  function read(_: FsStream, heap: Int8Array, at: number, length: number, position: number) {
    const end = Math.min(position + length, size);
    if (position >= end) return 0;
    heap.set(room.subarray(position, end), at);
    return end - position;
  }

  fs.mkdir(folder);
  const path = mountOneFile(fs, folder, {
    mode: FILE_MODE,
    node_ops: {
      getattr: attributesOf(() => size),
      setattr: (_: unknown, { size: newSize }: { readonly size?: number }) => {
        if (newSize !== undefined) resize(newSize);
      },
    },
    stream_ops: { read, write, llseek: seekIn(() => size) },
  });
  return {
    path,
    bytes: () => room.subarray(0, size),
    unmount: () => {
      fs.unmount(folder);
      fs.rmdir(folder);
    },
  };
}
