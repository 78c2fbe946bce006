import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesInMemory, type ByteSource } from '../network/byteSource.ts';
import { graphHash } from '../network/graphHash.ts';
import { openHdf5 } from '../network/hdf5/hdf5File.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

/** Made by Keras 3.15 with `tools/keras-fixtures/make.py`, which says what is in them. */
const FOLDER = join(import.meta.dirname, 'kerasFixtures');
const INPUT_SHAPE = [12, 12, 3];
const input = Float32Array.from({ length: 12 * 12 * 3 }, (_, i) => ((i * 37) % 101) / 101 - 0.3);

const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Record<
  string,
  number[]
>;

function fixture(name: string): ByteSource {
  const isPacked = !name.endsWith('.keras');
  const file = readFileSync(join(FOLDER, isPacked ? `${name}.gz` : name));
  return bytesInMemory(name, new Uint8Array(isPacked ? gunzipSync(file) : file));
}

async function networkOf(...names: string[]): Promise<Network> {
  const opened = await openNetwork(names.map(fixture));
  if ('network' in opened) return opened.network;
  throw new Error('Not read as layers');
}

async function outputOf(network: Network): Promise<Float32Array> {
  const plan = createPlan(network, INPUT_SHAPE);
  const output = await plan.run(input, 1);
  plan.dispose();
  return output;
}

beforeAll(() => useTestBackend('wasm'));

describe.each(Object.keys(expected))('%s', (model) => {
  it.each(['keras', 'h5'])('answers from .%s as in Keras', async (ending) => {
    const output = await outputOf(await networkOf(`${model}.${ending}`));
    expect(output).toHaveLength(expected[model]?.length ?? 0);
    expect(relativeDistance(output, expected[model] ?? [])).toBeLessThan(1e-5);
  });

  it('is the same network from both files', async () => {
    const [zipped, h5] = [await networkOf(`${model}.keras`), await networkOf(`${model}.h5`)];
    expect(await graphHash(zipped)).toBe(await graphHash(h5));
  });
});

it('takes the topology from a file of its own', async () => {
  const network = await networkOf('nested.json', 'nested.weights.h5');
  expect(relativeDistance(await outputOf(network), expected['nested'] ?? [])).toBeLessThan(1e-5);
});

it('takes weights of a whole model for a topology beside it', async () => {
  const network = await networkOf('nested.json', 'nested.h5');
  expect(relativeDistance(await outputOf(network), expected['nested'] ?? [])).toBeLessThan(1e-5);
});

it('needs the topology of a weights.h5', async () => {
  await expect(networkOf('nested.weights.h5')).rejects.toMatchObject({
    code: 'base-invalid',
    message: expect.stringContaining('topology') as string,
    details: { file: 'nested.weights.h5' },
  });
});

it.each(['f2le', 'f4le', 'f8le', 'f4be', 'packed'])('reads values of type %s', async (path) => {
  const file = await openHdf5(fixture('types.h5'));
  const tensor = file.tensor(`/${path}`);
  expect(tensor?.shape).toEqual([3, 4, 5]);
  const values = Array.from({ length: 60 }, (_, i) => -2 + (4 * i) / 59);
  const distance = relativeDistance(tensor?.values ?? [], values);
  expect(distance).toBeLessThan(path === 'f2le' ? 1e-3 : 1e-7);
  expect(() => file.tensor('/whole')).toThrow('is not a tensor of floating-point numbers');
});
