import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesInMemory } from '../network/byteSource.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

/** Made by PyTorch 2.13 and onnx 1.23 with `tools/onnx-fixtures/make.py`, which says what is in them. */
const FOLDER = join(import.meta.dirname, 'onnxFixtures');
const input = Float32Array.from({ length: 12 * 12 * 3 }, (_, i) => ((i * 37) % 101) / 101 - 0.3);

const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Record<
  string,
  number[]
>;

async function networkOf(name: string): Promise<Network> {
  const bytes = new Uint8Array(gunzipSync(readFileSync(join(FOLDER, `${name}.onnx.gz`))));
  const opened = await openNetwork([bytesInMemory('model.onnx', bytes)]);
  if ('network' in opened) return opened.network;
  throw new Error('Not read as layers');
}

beforeAll(() => useTestBackend('wasm'));

describe.each(Object.keys(expected))('%s.onnx', (name) => {
  it('answers as in the program that wrote it', async () => {
    const plan = createPlan(await networkOf(name), [12, 12, 3]);
    const output = await plan.run(input, 1);
    plan.dispose();
    expect(output).toHaveLength(expected[name]?.length ?? 0);
    expect(relativeDistance(output, expected[name] ?? [])).toBeLessThan(1e-5);
  });
});

it('has other layers than pictures for few of their parts', async () => {
  const kindsOf = async (name: string) =>
    new Set((await networkOf(name)).layers.map(({ kind }) => kind));
  const residual = ['input', 'conv2d', 'activation', 'zero-padding2d', 'max-pooling2d', 'add'];
  const end = ['global-average-pooling2d', 'dense'];
  expect(await kindsOf('residual-old')).toEqual(new Set([...residual, ...end]));
  expect(await kindsOf('residual-new')).toEqual(new Set([...residual, ...end]));
});
