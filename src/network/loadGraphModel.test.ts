import { describe, expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  texts,
  weights,
  windowAttributes,
  type FixtureNode,
} from './graphModel/graphFixture.ts';
import { graphHash } from './graphHash.ts';
import { loadGraphModel, type GraphModelFiles } from './loadGraphModel.ts';
import { opaqueGraphHash, type OpaqueGraph } from './opaqueGraph.ts';

const input = graphInput('in', 8, 8, 3);
const window = windowAttributes(2, 'SAME');
const constants = [
  weights('w', [3, 3, 3, 4]),
  weights('b', [4]),
  weights('g', [4], true),
  weights('m', [4]),
  weights('v', [4], true),
];
const normalised = { epsilon: { f: 0.001 }, is_training: { b: false } };

const plain = [
  input,
  graphNode('Conv2D', 'conv', ['in', 'w'], window),
  graphNode('FusedBatchNormV3', 'norm', ['conv', 'g', 'b', 'm', 'v'], normalised),
  graphNode('Relu6', 'relu', ['norm']),
];
const fused = [
  input,
  graphNode('_FusedConv2D', 'fused', ['in', 'w', 'g', 'b', 'm', 'v'], {
    ...window,
    epsilon: { f: 0.001 },
    fused_ops: texts('FusedBatchNorm', 'Relu6'),
  }),
];

function networkOf(files: GraphModelFiles) {
  const opened = loadGraphModel(files);
  if ('network' in opened) return opened.network;
  throw new Error(`Not mapped: ${opened.reason.node} (${opened.reason.op})`);
}

function opaque(...nodes: FixtureNode[]): OpaqueGraph {
  const opened = loadGraphModel(graphModelFixture([input, ...nodes], constants));
  if ('network' in opened) throw new Error('The graph was mapped');
  return opened;
}

function errorOf(load: () => unknown): GraftError {
  try {
    load();
  } catch (thrown) {
    if (thrown instanceof GraftError) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was thrown');
}

describe('loadGraphModel', () => {
  it('takes fused nodes apart, so that they have the identity of the plain ones', async () => {
    const network = networkOf(graphModelFixture(plain, constants));
    expect(network.layers.map(({ kind }) => kind)).toEqual([
      'input',
      'conv2d',
      'batch-norm',
      'activation',
    ]);
    const other = networkOf(graphModelFixture(fused, constants));
    expect(await graphHash(other)).toBe(await graphHash(network));
  });

  it('puts a bias into the convolution that nothing else uses', () => {
    const bias = [
      graphNode('Conv2D', 'conv', ['in', 'w'], window),
      graphNode('BiasAdd', 'bias', ['conv', 'b']),
    ];
    const merged = networkOf(graphModelFixture([input, ...bias], constants));
    expect(merged.layers.map(({ name }) => name)).toEqual(['in', 'conv']);
    expect(merged.layers[1]?.tensors.bias?.shape).toEqual([4]);
    const both = graphNode('AddV2', 'both', ['bias', 'conv']);
    const kept = networkOf(graphModelFixture([input, ...bias, both], constants));
    expect(kept.layers.map(({ kind }) => kind)).toEqual(['input', 'conv2d', 'batch-norm', 'add']);
  });

  it('takes the longest of several outputs, and the one that the signature names', () => {
    const early = graphNode('Tanh', 'early', ['in']);
    const files = graphModelFixture([early, ...plain], constants);
    expect(networkOf(files).layers.at(-1)?.name).toBe('relu');
    const model = JSON.parse(files.modelJson) as object;
    const signature = { outputs: { features: { name: 'conv:0' } } };
    const modelJson = JSON.stringify({ ...model, signature });
    expect(networkOf({ ...files, modelJson }).layers.at(-1)?.name).toBe('conv');
  });

  it('reads no weights', () => {
    const files = graphModelFixture(plain, constants);
    const read = () => {
      throw new Error('Weights were read');
    };
    expect(() => networkOf({ ...files, weights: { ...files.weights, read } })).not.toThrow();
  });
});

describe('graphs that run as they are', () => {
  it.each([
    ['an unknown operation', graphNode('Sin', 'odd', ['in'])],
    ['a later output of a node', graphNode('Relu', 'odd', ['in:1'])],
    [
      'channels first',
      graphNode('MaxPool', 'odd', ['in'], {
        ...windowAttributes(2, 'VALID', 2),
        data_format: { s: btoa('NCHW') },
      }),
    ],
    ['a kernel that is computed', graphNode('Conv2D', 'odd', ['in', 'in'], window)],
    ['groups', graphNode('Conv2D', 'odd', ['in', 'grouped'], window)],
    [
      'a batch norm that trains',
      graphNode('FusedBatchNormV3', 'odd', ['in', 'g', 'b', 'm', 'v'], {
        is_training: { b: true },
      }),
    ],
    ['an inherited property name as operation', graphNode('constructor', 'odd', ['in'])],
  ])('%s', (_, node) => {
    const more = [...constants, weights('grouped', [3, 3, 1, 3])];
    const opened = loadGraphModel(graphModelFixture([input, node], more));
    expect(opened).toMatchObject({
      kind: 'opaque-graph',
      inputShape: [8, 8, 3],
      nodes: [{ name: 'odd', op: node.op }],
      reason: { node: 'odd', op: node.op },
    });
  });

  it('are known by their topology and weights', async () => {
    const sine = graphNode('Sin', 'odd', ['in']);
    const hash = await opaqueGraphHash(opaque(sine));
    expect(await opaqueGraphHash(opaque(graphNode('Cos', 'odd', ['in'])))).not.toBe(hash);
    const changed = [weights('w', [3, 3, 3, 4], true), ...constants.slice(1)];
    const other = loadGraphModel(graphModelFixture([input, sine], changed)) as OpaqueGraph;
    expect(await opaqueGraphHash(other)).not.toBe(hash);
    const generated = { ...opaque(sine) };
    const modelJson = JSON.stringify({
      ...(JSON.parse(generated.modelJson) as object),
      generatedBy: 'x',
    });
    expect(await opaqueGraphHash({ ...generated, modelJson })).toBe(hash);
  });
});

describe('loadGraphModel refuses', () => {
  it.each([
    ['a missing node', [graphNode('Relu', 'a', ['nowhere'])], 'nowhere'],
    [
      'a node that depends on itself',
      [graphNode('Relu', 'a', ['b']), graphNode('Relu', 'b', ['a']), graphNode('Relu', 'c', ['b'])],
      'depends on itself',
    ],
    ['an output that no picture leads to', [graphNode('Tanh', 'a', ['b'])], '0 inputs'],
    [
      'two inputs',
      [graphInput('in2', 8, 8, 3), graphNode('AddV2', 'a', ['in', 'in2'])],
      '2 inputs',
    ],
    [
      'a kernel that does not fit',
      [graphNode('Conv2D', 'a', ['in', 'b'], window)],
      'The layer a has a kernel of 4',
    ],
    [
      'a window larger than the picture',
      [graphNode('MaxPool', 'a', ['in'], windowAttributes(1, 'VALID', 9))],
      'The layer a',
    ],
  ] as const)('%s', (_, nodes, message) => {
    const files = graphModelFixture([input, ...nodes], constants);
    const error = errorOf(() => loadGraphModel(files));
    expect(error.code).toBe('base-invalid');
    expect(error.message).toContain(message);
  });

  it('weights of another size, and values that are not numbers, naming the tensor', () => {
    const files = graphModelFixture(plain, constants);
    const short = { ...files.weights, size: files.weights.size - 4 };
    expect(errorOf(() => loadGraphModel({ ...files, weights: short })).message).toMatch(
      /describes 496 bytes .* are 492/,
    );
    new DataView(files.weights.read(0, 4).buffer).setFloat32(0, NaN, true);
    const network = networkOf(files);
    expect(errorOf(() => network.layers[1]?.tensors.kernel?.values).details).toEqual({
      tensor: 'w',
    });
  });

  it('a 40 GB shape, before memory is taken', () => {
    const files = graphModelFixture(plain, constants);
    const modelJson = files.modelJson.replaceAll(
      '"shape":[3,3,3,4]',
      '"shape":[100000,100000,1,1]',
    );
    expect(errorOf(() => loadGraphModel({ ...files, modelJson })).message).toMatch(
      /describes 40000000064 bytes/,
    );
  });
});
