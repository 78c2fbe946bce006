import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weightAt, weightScale, writeVgg16 } from '../../tools/writeVgg16.ts';
import { cutTotals } from '../domain/baseSummary.ts';
import type { ByteSource } from './byteSource.ts';
import { loadKerasH5 } from './loadKerasH5.ts';
import { summarise } from './summary.ts';

const MB = 1e6;

/** A file on the disk that notes what is read of it. */
function openSource(path: string) {
  const descriptor = openSync(path, 'r');
  const reads: number[] = [];
  const source: ByteSource = {
    name: 'vgg16.h5',
    size: fstatSync(descriptor).size,
    read: (start, end) => {
      reads.push(end - start);
      const bytes = new Uint8Array(end - start);
      readSync(descriptor, bytes, 0, bytes.length, start);
      return bytes;
    },
  };
  return { source, reads, close: () => closeSync(descriptor) };
}

describe.each([
  { title: 'a whole VGG16', hasTopology: true, hasTop: true, fileMb: 553, numLayers: 23 },
  {
    title: 'weights of a whole VGG16',
    hasTopology: false,
    hasTop: true,
    fileMb: 553,
    numLayers: 23,
  },
  { title: 'VGG16 without its top', hasTopology: false, hasTop: false, fileMb: 59, numLayers: 19 },
])('$title', ({ hasTopology, hasTop, fileMb, numLayers }) => {
  const folder = mkdtempSync(join(tmpdir(), 'graft-vgg-'));
  const path = join(folder, 'vgg16.h5');

  beforeAll(() => writeVgg16(path, { hasTopology, hasTop }), 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is opened without reading its weights, and read a tensor at a time', async () => {
    const { source, reads, close } = openSource(path);
    expect(Math.round(source.size / MB)).toBe(fileMb);
    const { network, architecture, pixelRange } = await loadKerasH5(source);
    expect(network.layers).toHaveLength(numLayers);
    expect(architecture).toBe('VGG16');
    expect(pixelRange?.channelOrder).toBe('bgr');
    expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThan(1 * MB);

    const largest = network.layers.find(({ name }) => name === (hasTop ? 'fc1' : 'block5_conv3'));
    const { shape = [], values = new Float32Array() } = largest?.tensors.kernel ?? {};
    const places = [0, 1, 999_983, values.length - 1];
    const expected = places.map((i) => Math.fround(weightAt(i) * weightScale(shape)));
    expect(places.map((i) => values[i])).toEqual(expected);
    expect(Math.max(...reads)).toBeLessThanOrEqual(2 ** 23);
    close();
  });

  if (!hasTop) return;

  it('has 20,485 parameters to train for five classes after fc2', async () => {
    const { source, close } = openSource(path);
    const { network } = await loadKerasH5(source);
    const layers = summarise(network, [224, 224, 3]);
    const fc2 = layers.findIndex(({ name }) => name === 'fc2');
    expect(cutTotals(layers, { positions: [fc2], pooling: 'none' }, 5)).toEqual({
      numTrainable: 20_485,
      numFrozen: 134_260_544,
    });
    close();
  });
});
