import { describe, expect, it } from 'vitest';
import { errorOf } from './errorFixture.ts';
import { flattenTopology } from './kerasGraph.ts';
import { fixtureInput, fixtureLayer, type FixtureLayer } from './kerasModelFixture.ts';

/** A functional model in the words of Keras 2; the first layer is its input and the last its output. */
function functional(layers: readonly FixtureLayer[], name = 'model') {
  const config = {
    name,
    layers,
    input_layers: [[layers[0]?.name, 0, 0]],
    output_layers: [[layers.at(-1)?.name, 0, 0]],
  };
  return { class_name: 'Functional', name, config };
}

const input = fixtureInput('in', 8, 8, 3);
const flat = (layer: FixtureLayer, kerasVersion?: string) =>
  flattenTopology({
    ...functional([input, layer]),
    ...(kerasVersion !== undefined && { keras_version: kerasVersion }),
  });
const settingsOf = (layer: FixtureLayer, kerasVersion?: string) =>
  flat(layer, kerasVersion)
    .slice(1)
    .map(({ settings }) => settings);
const activation = (value: unknown) => fixtureLayer('Activation', 'a', { activation: value }, 'in');

/** One call in the words of Keras 3. */
function call3(...args: unknown[]) {
  return [{ args: args.map((arg) => (typeof arg === 'string' ? tensor3(arg) : arg)), kwargs: {} }];
}

function tensor3(layer: string) {
  const config = { shape: [null, 8, 8, 3], dtype: 'float32', keras_history: [layer, 0, 0] };
  return { class_name: '__keras_tensor__', config };
}

describe('flattenTopology reads', () => {
  it('the same layers from a topology alone, under `model_config`, as a text, and of Keras 3', () => {
    const old = functional([input, fixtureLayer('ReLU', 'relu', {}, 'in')]);
    const new3 = {
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      registered_name: 'Functional',
      config: {
        layers: [
          {
            module: 'keras.layers',
            class_name: 'InputLayer',
            config: { name: 'in', batch_shape: [null, 8, 8, 3], dtype: 'float32' },
            name: 'in',
            inbound_nodes: [],
          },
          {
            module: 'keras.layers',
            class_name: 'ReLU',
            config: { name: 'relu', dtype: { class_name: 'DTypePolicy', config: {} } },
            registered_name: null,
            name: 'relu',
            inbound_nodes: call3('in'),
          },
        ],
        input_layers: ['in', 0, 0],
        output_layers: ['relu', 0, 0],
      },
    };
    const layers = flattenTopology(old);
    expect(layers.map(({ settings }) => settings)).toEqual([
      { kind: 'input', shape: [8, 8, 3] },
      { kind: 'activation', activation: 'relu' },
    ]);
    expect(flattenTopology({ model_config: old })).toEqual(layers);
    expect(flattenTopology({ model_config: JSON.stringify(old) })).toEqual(layers);
    expect(flattenTopology(new3)).toEqual(layers);
  });

  it.each([
    ['2.15.0', 'hard-sigmoid-keras2'],
    ['tfjs-layers 4.22.0', 'hard-sigmoid-keras2'],
    [undefined, 'hard-sigmoid-keras2'],
    ['3.15.1', 'hard-sigmoid'],
  ])('hard_sigmoid of version %s as %s', (version, kind) => {
    expect(settingsOf(activation('hard_sigmoid'), version)).toEqual([
      { kind: 'activation', activation: kind },
    ]);
  });

  it.each([
    ['a name', 'relu6'],
    ['a function', { class_name: 'function', config: 'relu6', registered_name: 'relu6' }],
    ['a layer', { class_name: 'ReLU', config: { name: 're_lu', max_value: 6 } }],
  ])('an activation given as %s', (_, value) => {
    expect(settingsOf(activation(value))).toEqual([{ kind: 'activation', activation: 'relu6' }]);
  });

  it('a convolution with an activation that has settings as two layers, the last with its name', () => {
    const config = { filters: 2, kernel_size: 1, activation: 'leaky_relu' };
    const layers = flat(fixtureLayer('Conv2D', 'conv', config, 'in'));
    expect(layers.map(({ name, inputs }) => [name, inputs])).toEqual([
      ['in', []],
      ['conv/conv2d', [0]],
      ['conv', [1]],
    ]);
    expect(layers[2]?.settings).toEqual({ kind: 'leaky-relu', alpha: 0.2 });
  });

  it('a separable convolution as two, which share the variables of one layer in the file', () => {
    const config = { filters: 5, kernel_size: 3, depth_multiplier: 2 };
    const [, depthwise, pointwise] = flat(fixtureLayer('SeparableConv2D', 'sep', config, 'in'));
    expect(depthwise?.source).toEqual({ name: 'sep', className: 'SeparableConv2D', models: [] });
    expect(pointwise?.source).toEqual(depthwise?.source);
    const rolesOf = (layer: typeof depthwise) =>
      layer?.variables.map(({ name, role }) => `${name}: ${String(role)}`);
    expect(rolesOf(depthwise)).toEqual([
      'depthwise_kernel: kernel',
      'pointwise_kernel: null',
      'bias: null',
    ]);
    expect(rolesOf(pointwise)).toEqual([
      'depthwise_kernel: null',
      'pointwise_kernel: kernel',
      'bias: bias',
    ]);
  });

  it("variables in Keras' order, the depthwise kernel by each version's name", () => {
    const namesOf = (layer: FixtureLayer, version: string) =>
      flat(layer, version)[1]?.variables.map(({ name }) => name);
    const norm = fixtureLayer('BatchNormalization', 'bn', {}, 'in');
    expect(namesOf(norm, '3.0.0')).toEqual(['gamma', 'beta', 'moving_mean', 'moving_variance']);
    expect(namesOf(fixtureLayer('Normalization', 'n', {}, 'in'), '3.0.0')).toEqual([
      'mean',
      'variance',
      'count',
    ]);
    const depthwise = fixtureLayer('DepthwiseConv2D', 'dw', { kernel_size: 3 }, 'in');
    expect(namesOf(depthwise, '2.4.0')).toEqual(['depthwise_kernel', 'bias']);
    expect(namesOf(depthwise, '3.0.0')).toEqual(['kernel', 'bias']);
  });

  it('models within models with the names of the models around each layer', () => {
    const inner = functional([fixtureInput('x', 8, 8, 3), fixtureLayer('ReLU', 'r', {}, 'x')], 'i');
    const middle = { class_name: 'Sequential', config: { name: 'm', layers: [inner] } };
    const layers = flattenTopology({
      class_name: 'Sequential',
      config: { layers: [input, middle, fixtureLayer('Flatten', 'f')] },
    });
    expect(layers.map(({ source }) => [source.name, source.models])).toEqual([
      ['in', []],
      ['r', ['m', 'i']],
      ['f', []],
    ]);
  });

  it('a Sequential whose input only `build_input_shape` states', () => {
    const config = { layers: [fixtureLayer('ReLU', 'r')], build_input_shape: [null, 4, 4, 2] };
    const [first] = flattenTopology({ class_name: 'Sequential', config });
    expect(first?.settings).toEqual({ kind: 'input', shape: [4, 4, 2] });
  });

  it('a chain of thousands of layers, whatever their order in the file', () => {
    const count = 4000;
    const relus = Array.from({ length: count }, (_, i) =>
      fixtureLayer('ReLU', `r${String(i)}`, {}, i === 0 ? 'in' : `r${String(i - 1)}`),
    );
    const topology = functional([input, ...relus]);
    topology.config.layers = [...topology.config.layers].reverse();
    expect(flattenTopology(topology)).toHaveLength(count + 1);
  });
});

describe('flattenTopology reads arithmetic', () => {
  const lambda = (name: string, first: string, y: unknown) => ({
    ...fixtureLayer('TFOpLambda', 'op', { function: name }),
    inbound_nodes: [[first, 0, 0, { y, name: null }]],
  });
  const operation = (className: string, ...args: unknown[]) => ({
    ...fixtureLayer(className, 'op', {}),
    inbound_nodes: call3(...args),
  });
  const constantFirst = {
    ...fixtureLayer('TFOpLambda', 'op', { function: 'math.subtract' }),
    inbound_nodes: [['_CONSTANT_VALUE', -1, 2, { y: ['in', 0, 0], name: null }]],
  };
  const arrayOf = (value: number[]) => ({ class_name: '__numpy__', config: { value } });

  it.each([
    ['x + 3', lambda('__operators__.add', 'in', 3), [1], [3]],
    ['x * 0.5', lambda('math.multiply', 'in', 0.5), [0.5], [0]],
    ['x - [1, 2, 3]', lambda('math.subtract', 'in', [1, 2, 3]), [1], [-1, -2, -3]],
    ['2 - x', constantFirst, [-1], [2]],
    ['x / 4 of Keras 3', operation('TrueDivide', 'in', 4), [0.25], [0]],
    ['2 * x of Keras 3', operation('Multiply', 2, 'in'), [2], [0]],
    ['x - array of Keras 3', operation('Subtract', 'in', arrayOf([1, 2, 3])), [1], [-1, -2, -3]],
  ])('%s', (_, layer, scale, offset) => {
    expect(settingsOf(layer)).toEqual([{ kind: 'rescaling', scale, offset }]);
  });

  it.each([
    ['Keras 2', lambda('math.multiply', 'in', ['in', 0, 0])],
    ['Keras 3', operation('Multiply', 'in', 'in')],
    ["Keras 3's layer", operation('Multiply', [tensor3('in'), tensor3('in')])],
  ])('between two layers, of %s', (_, layer) => {
    expect(flat(layer)[1]).toMatchObject({ settings: { kind: 'multiply' }, inputs: [0, 0] });
  });

  it.each([
    ['a difference of two layers', lambda('math.subtract', 'in', ['in', 0, 0])],
    ['a division by a layer', operation('TrueDivide', 1, 'in')],
    ['a division by zero', operation('TrueDivide', 'in', 0)],
    ['a function that is not known', lambda('image.resize', 'in', [4, 4])],
    ['a layer of another kind that is called with a number', operation('Flatten', 'in', 1)],
  ])('but not %s', (_, layer) => {
    const { code, details } = errorOf(() => flat(layer));
    expect(code).toBe('unsupported-layer');
    expect(details).toMatchObject({ layer: 'op', className: layer.class_name });
  });
});

describe('flattenTopology refuses', () => {
  it.each([
    ['groups', 'Conv2D', { filters: 3, kernel_size: 1, groups: 3 }],
    ['channels first', 'MaxPooling2D', { data_format: 'channels_first' }],
    ['a slope with a largest value', 'ReLU', { negative_slope: 0.1, max_value: 6 }],
    ['an ELU of another alpha', 'ELU', { alpha: 0.5 }],
    ['an unknown interpolation', 'UpSampling2D', { interpolation: 'bicubic' }],
    ['an axis in the middle', 'Concatenate', { axis: 2 }],
    ['several axes', 'BatchNormalization', { axis: [1, 2] }],
    ['a PReLU as an activation', 'Activation', { activation: { class_name: 'PReLU', config: {} } }],
    ['a kind that is not known', 'Lambda', {}],
  ])('%s, naming layer and class', (_, className, config) => {
    const { code, details } = errorOf(() => flat(fixtureLayer(className, 'odd', config, 'in')));
    expect(code).toBe('unsupported-layer');
    expect(details).toEqual({ layer: 'odd', className });
  });

  it('models nested without end', () => {
    let model = functional([fixtureInput('x', 2), fixtureLayer('ReLU', 'r', {}, 'x')]);
    for (let depth = 0; depth < 100; depth++) {
      model = functional([
        fixtureInput('x', 2),
        { ...model, name: 'model', inbound_nodes: [[['x', 0, 0, {}]]] },
      ]);
    }
    expect(errorOf(() => flattenTopology(model)).message).toContain('nested too deep');
  });

  it('layers that depend on each other', () => {
    const layers = [
      input,
      fixtureLayer('Add', 'a', {}, 'in', 'b'),
      fixtureLayer('ReLU', 'b', {}, 'a'),
    ];
    expect(errorOf(() => flattenTopology(functional(layers))).message).toContain(
      'depends on itself',
    );
  });
});
