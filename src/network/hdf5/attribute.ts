import { GraftError } from '../../domain/errors.ts';
import type { H5Module } from './library.ts';

/** Keras' longest attribute is a model's config: a few MB for the largest of networks. */
const MAX_BYTES = 64e6;
const MAX_TEXTS = 100_000;
const STRING_CLASS = 3;

/**
 * The texts of an attribute, one or a list; `null` where there is none of that name.
 * Errors: `refuse` is called with what is wrong. (h5wasm's own getter does not look whether reading
 * succeeded, and takes whatever was in memory for addresses of texts.)
 */
export function readTexts(
  module: H5Module,
  file: bigint,
  path: string,
  name: string,
  refuse: (problem: string) => never,
): readonly string[] | null {
  const names: unknown = module.get_attribute_names(file, path);
  if (!Array.isArray(names) || !names.includes(name)) return null;
  const { type, vlen, size, total_size: count } = module.get_attribute_metadata(file, path, name);
  // Keras writes an empty list of names as a list of numbers.
  if (count === 0) return [];
  if (type !== STRING_CLASS) return refuse(`has no text as ${name}`);
  if (count > MAX_TEXTS || count * size > MAX_BYTES) refuse(`has a ${name} that is far too large`);
  const pointer = module._malloc(count * size);
  if (pointer === 0) throw new GraftError('out-of-memory', 'No memory left for reading HDF5');
  try {
    const address = BigInt(pointer);
    const status = module.get_attribute_data(file, path, name, address);
    if (status < 0) return refuse(`has a ${name} that cannot be read`);
    if (!vlen) return fixedTexts(module.HEAPU8.slice(pointer, pointer + count * size), size);
    const pointers = new Uint32Array(module.HEAPU8.buffer, pointer, count).slice();
    const texts = Array.from(pointers, (text) => (text === 0 ? '' : module.UTF8ToString(text)));
    module.reclaim_vlen_memory(file, path, name, address);
    return texts;
  } finally {
    module._free(pointer);
  }
}

/** Texts of `size` bytes each, filled up with zeros. */
function fixedTexts(bytes: Uint8Array, size: number): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: bytes.length / size }, (_, i) =>
    decoder.decode(bytes.subarray(i * size, (i + 1) * size)).replace(/\0.*$/s, ''),
  );
}
