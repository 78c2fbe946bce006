import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { graphInput, graphModelFixture, graphNode } from './graphModel/graphFixture.ts';
import { graphHash } from './graphHash.ts';
import { kerasH5 } from './hdf5/h5Fixture.ts';
import { fixtureInput, fixtureLayer, fixtureModel, fixtureTensor } from './kerasModelFixture.ts';
import { openNetwork } from './openNetwork.ts';
import { textSource } from './teachableMachineFixture.ts';
import { zipFixture } from './zipFixture.ts';

const assets = process.env['GRAFT_ASSETS'];

const layers = [
  fixtureInput('in', 8, 8, 3),
  fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: [3, 3], use_bias: false }, 'in'),
];
const tensors = [fixtureTensor('conv/kernel', 3, 3, 3, 4)];
const { modelJson, weights } = fixtureModel(layers, tensors);
const model = textSource('model.json', modelJson);
const weightBytes = new Uint8Array(weights);
const shard = bytesInMemory('weights.bin', weightBytes);
const topology = (JSON.parse(modelJson) as { modelTopology: { model_config: object } })
  .modelTopology.model_config;

const storedTensors = tensors.map((tensor) => ({ ...tensor, name: `${tensor.name}:0` }));
const storedLayers = [{ name: 'conv', tensors: storedTensors }];

async function errorOf(files: readonly ByteSource[]): Promise<GraftError> {
  const thrown: unknown = await openNetwork(files).catch((error: unknown) => error);
  if (thrown instanceof GraftError) return thrown;
  throw new Error('No error of ours');
}

describe('openNetwork', () => {
  it('opens a layers model among files of no use', async () => {
    const others = [textSource('labels.txt', '0 Mug'), textSource('package.json', '{"name":"x"}')];
    const opened = await openNetwork([...others, shard, model]);
    expect(opened).toMatchObject({ format: 'tfjs-layers', classNames: null, pixelRange: null });
  });

  it('puts shards in the order of the manifest, whatever folder it names', async () => {
    const parts = [
      bytesInMemory('group1-shard2of2', weightBytes.slice(101)),
      bytesInMemory('group1-shard1of2', weightBytes.slice(0, 101)),
    ];
    const paths = '"paths":["part/group1-shard1of2","part/group1-shard2of2"]';
    const sharded = modelJson.replace('"paths":["weights.bin"]', paths);
    const [one, two] = await Promise.all([
      openNetwork([...parts, textSource('model.json', sharded)]),
      openNetwork([model, shard]),
    ]);
    if (!('network' in one) || !('network' in two)) throw new Error('Opened as a graph');
    expect(await graphHash(one.network)).toBe(await graphHash(two.network));
  });

  it('opens a graph model, and one that runs as it is', async () => {
    const input = graphInput('in', 8, 8, 3);
    const filesOf = (op: string) => {
      const files = graphModelFixture([input, graphNode(op, 'out', ['in'])], []);
      return [
        textSource('model.json', files.modelJson),
        bytesInMemory('weights.bin', new Uint8Array()),
      ];
    };
    expect(await openNetwork(filesOf('Relu'))).toMatchObject({
      format: 'tfjs-graph',
      architecture: null,
    });
    expect(await openNetwork(filesOf('Sin'))).toMatchObject({ kind: 'opaque-graph' });
  });

  it('opens HDF5 with its topology inside, beside it and in a zip', async () => {
    const modelConfig = JSON.stringify(topology);
    const whole = bytesInMemory('whole.h5', await kerasH5(storedLayers, modelConfig));
    const alone = bytesInMemory('alone.weights.h5', await kerasH5(storedLayers));
    const zip = await zipFixture(
      {
        'config.json': modelConfig,
        'metadata.json': '{}',
        'model.weights.h5': alone.read(0, alone.size),
      },
      0,
    );
    const expected = await openNetwork([model, shard]);
    if (!('network' in expected)) throw new Error('Opened as a graph');
    for (const files of [[whole], [alone, textSource('model.json', modelConfig)], [zip]]) {
      const opened = await openNetwork(files);
      if (!('network' in opened)) throw new Error('Opened as a graph');
      expect(await graphHash(opened.network)).toBe(await graphHash(expected.network));
    }
  });

  it.each([
    ['a missing shard', [model], 'weights.bin, which model.json names, is missing'],
    [
      'two models',
      [model, shard, textSource('other.json', modelJson)],
      'several models: model.json, other.json',
    ],
    [
      'no model',
      [textSource('labels.txt', '0 Mug'), shard],
      'among these files: labels.txt, weights.bin',
    ],
    [
      'an empty file',
      [bytesInMemory('model.json', new Uint8Array())],
      'among these files: model.json',
    ],
    [
      'JSON that ends early',
      [textSource('model.json', modelJson.slice(0, 99))],
      'among these files: model.json',
    ],
    [
      'a topology without weights',
      [textSource('topology.json', JSON.stringify(topology))],
      'among these files: topology.json',
    ],
    [
      'shards of another size',
      [model, bytesInMemory('weights.bin', weightBytes.slice(4))],
      'describes 432 bytes of weights, but there are 428',
    ],
    [
      'a path that leads elsewhere',
      [textSource('model.json', modelJson.replace('weights.bin', '../weights.bin')), shard],
      'forbidden path',
    ],
  ])('refuses %s', async (_, files, message) => {
    const error = await errorOf(files);
    expect(error.code).toBe('base-invalid');
    expect(error.message).toContain(message);
  });

  it('refuses a zip without a model, and looks into no zip in a zip', async () => {
    const inner = await zipFixture({ 'model.json': modelJson, 'weights.bin': weightBytes });
    const zip = await zipFixture({ 'inner.zip': inner.read(0, inner.size) });
    expect((await errorOf([zip])).message).toBe('There is no model in model.zip');
  });
});

describe.skipIf(assets === undefined)('real files (needs GRAFT_ASSETS)', () => {
  it.each([
    ['mobilenet_v2_0.35_224', 'tfjs-layers', 'MobileNetV2 0.35'],
    ['mobilenet_v1_0.25_224', 'tfjs-layers', 'MobileNet 0.25'],
    ['mobilenet_v2_0.5_224_graph', 'tfjs-graph', null],
    ['mobilenet_v2_1.0_224', 'keras-h5', 'MobileNetV2 1'],
    ['mobilenet_v1_1.0_224_notop', 'keras', 'MobileNet 1'],
  ])('%s', async (name, format, architecture) => {
    const folder = join(assets ?? '', 'weights', name);
    const files = readdirSync(folder).map((file) =>
      bytesInMemory(file, new Uint8Array(readFileSync(join(folder, file)))),
    );
    expect(await openNetwork(files)).toMatchObject({ format, architecture });
  });
});
