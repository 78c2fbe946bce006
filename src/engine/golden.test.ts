import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutNetwork, pooledNetwork } from '../network/compose.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { createPlan } from './plan.ts';

const assets = process.env['GRAFT_ASSETS'];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** ‖a − b‖ / ‖b‖ */
function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = (values: number[]) => Math.hypot(...values);
  const reference = Array.from(b);
  return norm(reference.map((value, i) => value - (a[i] ?? NaN))) / norm(reference);
}

/** RGB bytes of an 8-bit PNG without interlacing, for tests: [height, width, 3]. */
function decodePng(file: Uint8Array): {
  width: number;
  height: number;
  rgb: Uint8ClampedArray;
} {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [bitDepth, colorType] = [view.getUint8(24), view.getUint8(25)];
  if (bitDepth !== 8 || colorType !== 2) throw new Error('Only 8-bit RGB is read here');
  const parts: Uint8Array[] = [];
  for (let offset = 8; offset < file.length;) {
    const length = view.getUint32(offset);
    const kind = String.fromCharCode(...file.subarray(offset + 4, offset + 8));
    if (kind === 'IDAT') parts.push(file.subarray(offset + 8, offset + 8 + length));
    offset += length + 12;
  }
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(parts)), width * 3, height) };
}

/** Undoes the five row filters of PNG (section 9 of the specification), for three bytes a pixel. */
function unfilter(data: Uint8Array, rowLength: number, height: number): Uint8ClampedArray {
  const rows = new Uint8ClampedArray(rowLength * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (rowLength + 1)] ?? 0;
    for (let x = 0; x < rowLength; x++) {
      const at = (row: number, column: number) =>
        row < 0 || column < 0 ? 0 : (rows[row * rowLength + column] ?? 0);
      const [left, up, corner] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)];
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[y * rowLength + x] = ((data[y * (rowLength + 1) + 1 + x] ?? 0) + predicted) & 255;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const distances = [left, up, corner].map((value) => Math.abs(estimate - value));
  return [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0;
}

describe.skipIf(assets === undefined)(
  'golden activations of TensorFlow (needs GRAFT_ASSETS)',
  () => {
    const golden = join(assets ?? '', 'golden');

    function loadNetwork(name: string): Network {
      const folder = join(assets ?? '', 'weights', name);
      const modelJson = readFileSync(join(folder, 'model.json'), 'utf8');
      return loadTfjsLayers({
        modelJson,
        weights: ownBuffer(readFileSync(join(folder, 'weights.bin'))),
      });
    }

    function readPicture(index: number): Float32Array {
      const { rgb } = decodePng(readFileSync(join(golden, `images/${index}.png`)));
      return Float32Array.from(rgb, (byte) => byte / 127.5 - 1);
    }

    it.each([
      ['mobilenet_v2_0.35_224', 'out_relu'],
      ['mobilenet_v2_0.35_224', 'block_6_expand_relu'],
      ['mobilenet_v1_0.25_224', 'conv_pw_13_relu'],
      ['mobilenet_v1_0.25_224', 'conv_pw_6_relu'],
    ])('%s at %s', async (name, cutLayer) => {
      const network = loadNetwork(name);
      const position = network.layers.findIndex((layer) => layer.name === cutLayer);
      const cut = { positions: [position], pooling: 'global-average' } as const;
      const plan = createPlan(pooledNetwork(network, cut), [224, 224, 3]);
      const expected = new Float32Array(
        ownBuffer(readFileSync(join(golden, `${name}.${cutLayer}.f32`))),
      );
      for (let index = 0; index < 8; index++) {
        const row = expected.subarray(index * plan.outputSize, (index + 1) * plan.outputSize);
        expect(relativeDistance(await plan.run(readPicture(index), 1), row)).toBeLessThan(1e-4);
      }
      plan.dispose();
    });

    it('knows probabilities of MobileNetV1 to the end, through reshape and dropout', async () => {
      const network = loadNetwork('mobilenet_v1_0.25_224');
      const plan = createPlan(cutNetwork(network, network.layers.length - 1), [224, 224, 3]);
      const probabilities = await plan.run(readPicture(0), 1);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      plan.dispose();
    });
  },
);
