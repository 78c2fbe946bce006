import type { FlatLayer } from '../kerasGraph.ts';
import { LENGTH_BYTES, type SafetensorsHeader, type TensorPlace } from './header.ts';
import { recogniseTorchNetwork, TORCH_NAMES } from './torchModules.ts';

/** Bytes of a file from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A smaller safetensors file to be made of parts of one: `header`, then the ranges' bytes end to end. */
export interface PartialFile {
  readonly header: Uint8Array<ArrayBuffer>;
  /** In the file's order; neighbours are one range. */
  readonly ranges: readonly ByteRange[];
  readonly sizeBytes: number;
}

/**
 * What to fetch of a file for cuts at these layers, named as in `architectures`: all weights of the
 * network, or without the fully connected layers where all cuts are made before them. Such a file is
 * opened like one that was published without them. Errors: base-invalid where no network is recognised.
 */
export function planPartialFile(
  header: SafetensorsHeader,
  cutLayers: readonly string[],
): PartialFile {
  const { architecture, moduleOf } = recogniseTorchNetwork(header);
  const { layers } = architecture;
  const isDense = ({ settings }: FlatLayer) => settings.kind === 'dense';
  const firstDense = layers.findIndex(isDense);
  const isBeforeDense = (name: string) =>
    layers.findIndex((layer) => layer.name === name) < firstDense;
  const isHeadless = cutLayers.every(isBeforeDense);
  const needed = layers.filter((layer) => !(isHeadless && isDense(layer)));
  const names = needed.flatMap(({ name, variables }) =>
    variables.map(
      ({ role }) => `${moduleOf.get(name) ?? ''}.${role === null ? '' : TORCH_NAMES[role]}`,
    ),
  );
  const wanted = new Set(names);
  return partialFile([...header.tensors.values()].filter(({ name }) => wanted.has(name)));
}

function partialFile(places: readonly TensorPlace[]): PartialFile {
  const entries: Record<string, unknown> = {};
  const ranges: ByteRange[] = [];
  let offset = 0;
  for (const { name, dtype, shape, start, end } of places) {
    const next = offset + end - start;
    entries[name] = { dtype, shape, data_offsets: [offset, next] };
    offset = next;
    const last = ranges.at(-1);
    if (last?.end === start) ranges[ranges.length - 1] = { start: last.start, end };
    else ranges.push({ start, end });
  }
  const header = headerBytes(JSON.stringify(entries));
  return { header, ranges, sizeBytes: header.length + offset };
}

/** Length and text, padded with spaces so that the tensors begin at a multiple of eight bytes. */
function headerBytes(json: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(json);
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + length).fill(' '.charCodeAt(0));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH_BYTES);
  return bytes;
}
