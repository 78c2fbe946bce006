import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorOf } from './errorFixture.ts';
import { bytesInMemory, joinedSource, type ByteSource } from './byteSource.ts';
import { inferShapes } from './inferShapes.ts';
import {
  fixtureFiles,
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
  ownBuffer,
} from './kerasModelFixture.ts';
import { loadTfjsLayers } from './loadTfjsLayers.ts';

const assets = process.env['GRAFT_ASSETS'];

const convConfig = { filters: 4, kernel_size: [3, 3], strides: [2, 2], padding: 'same' };
const smallLayers = [
  fixtureInput('in', 8, 8, 3),
  fixtureLayer('Conv2D', 'conv', { ...convConfig, use_bias: false }, 'in'),
  fixtureLayer('ReLU', 'relu', { max_value: 6 }, 'conv'),
];
const smallTensors = [fixtureTensor('conv/kernel', 3, 3, 3, 4)];

function filesOf(folder: string) {
  return {
    modelJson: readFileSync(join(folder, 'model.json'), 'utf8'),
    weights: ownBuffer(readFileSync(join(folder, 'weights.bin'))),
  };
}

describe('loadTfjsLayers', () => {
  it('reads layers, settings and tensors', () => {
    const { layers } = loadTfjsLayers(fixtureModel(smallLayers, smallTensors));
    expect(layers.map(({ kind, name }) => [kind, name])).toEqual([
      ['input', 'in'],
      ['conv2d', 'conv'],
      ['activation', 'relu'],
    ]);
    expect(layers[1]).toMatchObject({ strides: [2, 2], padding: 'same', inputs: [0] });
    expect(layers[1]?.tensors.kernel?.values).toHaveLength(108);
    expect(layers[2]).toMatchObject({ activation: 'relu6' });
  });

  it('puts layers in canonical order whatever the order in the file', () => {
    const branch = (name: string) => fixtureLayer('Activation', name, { activation: 'relu' }, 'in');
    const add = fixtureLayer('Add', 'sum', {}, 'b', 'a');
    const input = fixtureInput('in', 2, 2, 1);
    const files = fixtureModel([input, branch('a'), branch('b'), add], []);
    expect(loadTfjsLayers(files).layers.map(({ name }) => name)).toEqual(['in', 'b', 'a', 'sum']);
  });

  it('flattens models within models and bare Sequential lists', () => {
    const inner = {
      class_name: 'Model',
      config: {
        name: 'inner',
        layers: smallLayers,
        input_layers: [['in', 0, 0]],
        output_layers: [['relu', 0, 0]],
      },
    };
    const tail = [
      fixtureLayer('GlobalAveragePooling2D', 'pool'),
      fixtureLayer('Dense', 'head', { units: 2, activation: 'softmax' }),
    ];
    const tensors = [
      ...smallTensors,
      fixtureTensor('head/kernel', 4, 2),
      fixtureTensor('head/bias', 2),
    ];
    const bare = {
      class_name: 'Sequential',
      config: [inner, { class_name: 'Sequential', config: { layers: tail } }],
    };
    const network = loadTfjsLayers(fixtureFiles(bare, tensors));
    expect(network.layers.map(({ kind }) => kind)).toEqual([
      'input',
      'conv2d',
      'activation',
      'global-average-pooling2d',
      'dense',
    ]);
    expect(inferShapes(network).at(-1)).toEqual([2]);
  });

  it('reads a Sequential whose first layer states the input', () => {
    const dense = fixtureLayer('Dense', 'd', { units: 2, batch_input_shape: [null, 3] });
    const topology = { class_name: 'Sequential', config: { layers: [dense] } };
    const tensors = [fixtureTensor('d/kernel', 3, 2), fixtureTensor('d/bias', 2)];
    const { layers } = loadTfjsLayers(fixtureFiles(topology, tensors));
    expect(layers[0]).toMatchObject({ kind: 'input', shape: [3] });
  });

  it('de-quantises float16, uint8 and uint16', () => {
    const names = ['a', 'b', 'c'];
    const dense = names.map((name, i) =>
      fixtureLayer('Dense', name, { units: 2, use_bias: false }, names[i - 1] ?? 'in'),
    );
    const files = fixtureModel([fixtureInput('in', 2), ...dense], []);
    const encodings = [
      { dtype: 'float16' },
      { dtype: 'uint8', scale: 0.5, min: -1 },
      { dtype: 'uint16', scale: 0.25, min: 2 },
    ];
    const model = JSON.parse(files.modelJson) as Record<string, unknown>;
    model['weightsManifest'] = encodings.map((quantization, i) => ({
      paths: [`${String(i)}.bin`],
      weights: [
        { name: `${names[i] ?? ''}/kernel`, shape: [2, 2], dtype: 'float32', quantization },
      ],
    }));
    const bytes = [
      0x00, 0x3c, 0x00, 0xc0, 0x00, 0x38, 0x00, 0x00, 0, 1, 2, 255, 4, 0, 0, 1, 0, 0, 1, 0,
    ];
    const weights = Uint8Array.from(bytes).buffer;
    const { layers } = loadTfjsLayers({ modelJson: JSON.stringify(model), weights });
    expect(layers.slice(1).map(({ tensors }) => [...(tensors.kernel?.values ?? [])])).toEqual([
      [1, -2, 0.5, 0],
      [-1, -0.5, 0, 126.5],
      [3, 66, 2, 2.25],
    ]);
  });
});

describe('weights in several files', () => {
  it('are read across their borders, only when asked for', () => {
    const files = fixtureModel(smallLayers, smallTensors);
    const bytes = new Uint8Array(files.weights);
    let numReads = 0;
    const parts = [0, 101, 205].map((start, i, starts) => {
      const part = bytesInMemory(`${String(i)}.bin`, bytes.slice(start, starts[i + 1]));
      const read: ByteSource['read'] = (from, to) => ((numReads += 1), part.read(from, to));
      return { ...part, read };
    });
    const weights = joinedSource('the weights', parts);
    const { layers } = loadTfjsLayers({ modelJson: files.modelJson, weights });
    expect(numReads).toBe(0);
    expect([...(layers[1]?.tensors.kernel?.values ?? [])]).toEqual(smallTensors[0]?.values);
    expect(numReads).toBe(3);
  });

  it('may be quantised a group at a time', () => {
    const files = fixtureModel(smallLayers, smallTensors);
    const quantization = { dtype: 'uint8', scale: 2, min: -1 };
    const model = JSON.parse(files.modelJson) as { weightsManifest: object[] };
    model.weightsManifest = model.weightsManifest.map((group) => ({ ...group, quantization }));
    const weights = new Uint8Array(108).fill(3).buffer;
    const { layers } = loadTfjsLayers({ modelJson: JSON.stringify(model), weights });
    expect(new Set(layers[1]?.tensors.kernel?.values)).toEqual(new Set([5]));
  });
});

describe('loadTfjsLayers refuses', () => {
  it.each([
    ['text that is not JSON', { modelJson: '{', weights: new ArrayBuffer(0) }, 'base-invalid'],
    ['a missing tensor', fixtureModel(smallLayers, []), 'base-invalid'],
    [
      'a kernel of another shape',
      fixtureModel(smallLayers, [fixtureTensor('conv/kernel', 3, 3, 3, 5)]),
      'base-invalid',
    ],
    [
      'a kernel for other channels',
      fixtureModel(smallLayers, [fixtureTensor('conv/kernel', 3, 3, 2, 4)]),
      'base-invalid',
    ],
    [
      'an unknown kind',
      fixtureModel([...smallLayers, fixtureLayer('Lambda', 'f', {}, 'relu')], smallTensors),
      'unsupported-layer',
    ],
    [
      'an inherited property name as a kind',
      fixtureModel([...smallLayers, fixtureLayer('constructor', 'f', {}, 'relu')], smallTensors),
      'unsupported-layer',
    ],
    [
      'an unknown activation',
      fixtureModel(
        [...smallLayers, fixtureLayer('Activation', 'f', { activation: 'mish' }, 'relu')],
        smallTensors,
      ),
      'unsupported-layer',
    ],
    [
      'a ReLU with a threshold',
      fixtureModel(
        [...smallLayers, fixtureLayer('ReLU', 'f', { threshold: 0.1 }, 'relu')],
        smallTensors,
      ),
      'unsupported-layer',
    ],
    [
      'a layer that is its own input',
      fixtureModel([...smallLayers, fixtureLayer('Flatten', 'f', {}, 'f')], smallTensors),
      'base-invalid',
    ],
    [
      'a layer whose input is missing',
      fixtureModel([...smallLayers, fixtureLayer('Flatten', 'f', {}, 'g')], smallTensors),
      'base-invalid',
    ],
    [
      'a second input',
      fixtureModel(
        [...smallLayers, fixtureInput('in2', 8, 8, 3), fixtureLayer('Add', 'f', {}, 'in', 'in2')],
        smallTensors,
      ),
      'base-invalid',
    ],
    [
      'a window larger than the input',
      fixtureModel(
        [fixtureInput('in', 2, 2, 3), fixtureLayer('MaxPooling2D', 'p', { pool_size: 3 }, 'in')],
        [],
      ),
      'base-invalid',
    ],
  ] as const)('%s', (_, files, code) => {
    expect(errorOf(() => loadTfjsLayers(files)).code).toBe(code);
  });

  it('weights of another size, naming both sizes', () => {
    const files = fixtureModel(smallLayers, smallTensors);
    const error = errorOf(() => loadTfjsLayers({ ...files, weights: files.weights.slice(4) }));
    expect(error.details).toEqual({ bytesExpected: 432, bytesFound: 428 });
  });

  it('a manifest that describes more than memory holds, before taking memory', () => {
    const files = fixtureModel(smallLayers, smallTensors);
    const modelJson = files.modelJson.replace(
      '"shape":[3,3,3,4]',
      '"shape":[2147483647,2147483647,2147483647,4]',
    );
    expect(errorOf(() => loadTfjsLayers({ ...files, modelJson })).details).toEqual({
      tensor: 'conv/kernel',
    });
  });

  it.each([
    ['pictures along their height', fixtureInput('in', 8, 8, 3), 1],
    ['rows along an axis that they do not have', fixtureInput('in', 8), 3],
  ])('to join %s', (_, input, axis) => {
    const join = fixtureLayer('Concatenate', 'join', { axis }, 'in', 'in');
    const error = errorOf(() => loadTfjsLayers(fixtureModel([input, join], [])));
    expect(error.code).toBe('unsupported-layer');
    expect(error.details).toEqual({ layer: 'join', className: 'Concatenate' });
  });

  it('a weight that is not a number, naming the tensor', () => {
    const files = fixtureModel(smallLayers, smallTensors);
    new Float32Array(files.weights)[5] = NaN;
    const kernel = loadTfjsLayers(files).layers[1]?.tensors.kernel;
    expect(errorOf(() => kernel?.values).details).toEqual({ tensor: 'conv/kernel' });
  });

  it('a model that calls its parts without end', () => {
    let inner = { class_name: 'Sequential', config: { layers: [fixtureLayer('Flatten', 'f')] } };
    for (let depth = 0; depth < 12; depth++) {
      inner = { class_name: 'Sequential', config: { layers: [inner, inner] as never } };
    }
    const config = { layers: [fixtureInput('in', 4), inner] };
    const files = fixtureFiles({ class_name: 'Sequential', config }, []);
    expect(errorOf(() => loadTfjsLayers(files)).message).toContain('too many layers');
  });
});

describe.skipIf(assets === undefined)('real exports (needs GRAFT_ASSETS)', () => {
  const folder = (name: string) => join(assets ?? '', name);

  it('says how many bytes a broken export lacks', () => {
    const error = errorOf(() => loadTfjsLayers(filesOf(folder('teachable-machine/broken_export'))));
    expect(error.code).toBe('base-invalid');
    expect(error.message).toMatch(/describes 2154832 bytes of weights, but there are 2154032/);
  });

  it.each([
    ['teachable-machine/export_a', 158, [2]],
    ['teachable-machine/export_b/model', 158, null],
    ['teachable-machine/embedded_gray_export', null, null],
    ['weights/mobilenet_v1_0.25_224', null, [1000]],
    ['weights/mobilenet_v2_0.35_224', 155, [7, 7, 1280]],
  ] as const)('%s loads', (name, numLayers, output) => {
    expect(existsSync(folder(name))).toBe(true);
    const network = loadTfjsLayers(filesOf(folder(name)));
    if (numLayers !== null) expect(network.layers).toHaveLength(numLayers);
    if (output !== null) expect(inferShapes(network).at(-1)).toEqual(output);
  });
});
