import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFloat16 } from '../domain/float16.ts';
import { cutNetwork } from './compose.ts';
import { graphHash } from './graphHash.ts';
import { ownBuffer } from './kerasModelFixture.ts';
import { loadTfjsLayers } from './loadTfjsLayers.ts';
import type { Layer, LayerKind } from './network.ts';

interface ManifestEntry {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: unknown;
}
interface ModelFile {
  modelTopology: { model_config: { config: { name: string; layers: { name: string }[] } } };
  weightsManifest: { paths: string[]; weights: ManifestEntry[] }[];
}

const modelJson = readFileSync('public/bases/starter/model.json', 'utf8');
const weights = ownBuffer(readFileSync('public/bases/starter/weights.bin'));
const starter = loadTfjsLayers({ modelJson, weights });

/** The starter's weights as float32 in manifest order. */
function plainWeights(): Float32Array<ArrayBuffer> {
  return decodeFloat16(new Uint16Array(weights));
}

/** The same network as another tool would pack it: other names, float32, three files, other order. */
function repacked(values: Float32Array<ArrayBuffer>) {
  const model = JSON.parse(modelJson) as ModelFile;
  const { layers } = model.modelTopology.model_config.config;
  const names = new Map(layers.map(({ name }, i) => [name, `layer_${String(i)}`]));
  const entries = model.weightsManifest[0]?.weights ?? [];
  const renamedEntries = entries.map(({ name, shape, dtype }) => {
    const [layer = '', tensor = ''] = name.split('/');
    return { name: `${names.get(layer) ?? ''}/${tensor}`, shape, dtype };
  });
  const topology = JSON.stringify(model.modelTopology, (_, value: unknown) =>
    typeof value === 'string' ? (names.get(value) ?? value) : value,
  );
  const renamed = JSON.parse(topology) as ModelFile['modelTopology'];
  renamed.model_config.config.layers.reverse();
  const third = Math.ceil(entries.length / 3);
  const weightsManifest = [0, 1, 2].map((part) => ({
    paths: [`shard${String(part)}.bin`],
    weights: renamedEntries.slice(part * third, (part + 1) * third),
  }));
  const text = JSON.stringify({ modelTopology: renamed, weightsManifest });
  return loadTfjsLayers({ modelJson: text, weights: values.buffer });
}

describe('graphHash', () => {
  it('is the same for every packaging of a network', async () => {
    const other = repacked(plainWeights());
    expect(other.layers[5]?.name).not.toBe(starter.layers[5]?.name);
    expect(await graphHash(other)).toBe(await graphHash(starter));
  });

  it('changes with a single weight', async () => {
    const values = plainWeights();
    values[1000] = (values[1000] ?? 0) + 1e-4;
    expect(await graphHash(repacked(values))).not.toBe(await graphHash(starter));
  });

  it('changes with a setting that changes the answer, not with the input size', async () => {
    const changed = (find: string, put: string) => {
      expect(modelJson).toContain(find);
      return graphHash(loadTfjsLayers({ modelJson: modelJson.replace(find, put), weights }));
    };
    const original = await graphHash(starter);
    expect(await changed('"max_value": 6', '"max_value": null')).not.toBe(original);
    expect(await changed('"epsilon": 1e-05', '"epsilon": 0.001')).not.toBe(original);
    expect(await changed('"strides": [2, 2]', '"strides": [1, 1]')).not.toBe(original);
    expect(await changed('[null, 128, 128, 3]', '[null, 160, 160, 3]')).toBe(original);
  });

  it('differs between cuts', async () => {
    const hashes = await Promise.all(
      [10, 20, 154].map((cut) => graphHash(cutNetwork(starter, cut))),
    );
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('graphHash tells apart', () => {
  const hashOf = (settings: LayerKind, tensors: Layer['tensors'] = {}) =>
    graphHash({
      layers: [
        { kind: 'input', shape: [4, 4, 2], name: 'in', inputs: [], tensors: {} },
        { ...settings, name: 'layer', inputs: [0], tensors },
      ],
    });
  const alpha = (...values: number[]) => ({
    alpha: { shape: [1, 1, 2], values: Float32Array.from(values) },
  });
  const upsampling = { kind: 'upsampling2d', size: [2, 2], interpolation: 'nearest' } as const;

  it.each<[string, LayerKind, LayerKind]>([
    ['slopes', { kind: 'leaky-relu', alpha: 0.1 }, { kind: 'leaky-relu', alpha: 0.2 }],
    [
      'scales',
      { kind: 'rescaling', scale: [2], offset: [0] },
      { kind: 'rescaling', scale: [2, 2], offset: [0] },
    ],
    [
      'offsets',
      { kind: 'rescaling', scale: [2], offset: [0] },
      { kind: 'rescaling', scale: [2], offset: [1] },
    ],
    [
      'hard sigmoids',
      { kind: 'activation', activation: 'hard-sigmoid' },
      { kind: 'activation', activation: 'hard-sigmoid-keras2' },
    ],
    ['interpolations', upsampling, { ...upsampling, interpolation: 'bilinear' }],
    ['enlargements', upsampling, { ...upsampling, size: [2, 1] }],
    [
      'borders that are cut off',
      { kind: 'cropping2d', cropping: [1, 0, 0, 0] },
      { kind: 'cropping2d', cropping: [0, 1, 0, 0] },
    ],
    ['sums and products', { kind: 'add' }, { kind: 'multiply' }],
    [
      'averages and largest values',
      { kind: 'global-average-pooling2d', keepDims: true },
      { kind: 'global-max-pooling2d', keepDims: true },
    ],
  ])('%s', async (_, one, other) => {
    expect(await hashOf(one)).not.toBe(await hashOf(other));
    expect(await hashOf(one)).toBe(await hashOf({ ...one }));
  });

  it("PReLUs' slopes", async () => {
    const prelu = { kind: 'prelu' } as const;
    expect(await hashOf(prelu, alpha(1, 2))).not.toBe(await hashOf(prelu, alpha(1, 3)));
  });
});
