import { describe, expect, it } from 'vitest';
import { toGraftError } from '../domain/errors.ts';
import { flips, hugeCounts, truncations } from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { createRandom } from '../domain/random.ts';
import { encodeModel, type OnnxNode, type OnnxTensor } from '../exporters/onnx/messages.ts';
import {
  bytesField,
  encodeMessage,
  integerField,
  messageField,
  textField,
  type Field,
} from '../exporters/onnx/protobuf.ts';
import { bytesInMemory } from './byteSource.ts';
import { loadOnnx } from './loadOnnx.ts';
import { openNetwork } from './openNetwork.ts';
import { textSource } from './teachableMachineFixture.ts';

type Bytes = Uint8Array<ArrayBuffer>;

function floats(name: string, ...shape: number[]): OnnxTensor {
  const size = shape.reduce((product, each) => product * each, 1);
  const values = Float32Array.from({ length: size }, (_, i) => (((i + 1) * 37) % 19) / 19 - 0.5);
  return { name, shape, values };
}

function sizes(name: string, ...values: number[]): OnnxTensor {
  return { name, shape: [values.length], values: BigInt64Array.from(values, BigInt) };
}

const CONSTANTS = [
  floats('k', 4, 3, 3, 3),
  floats('b', 4),
  floats('half', 4, 1, 3, 3),
  floats('d', 4, 2),
  floats('two', 2),
  floats('deep', 2, 3, 8, 8),
  sizes('turn', 0, -1),
  sizes('rows', 0, 6, 2),
];

/** The nodes behind an input `in` of [batch, 3, 8, 8]; the last one's output is the model's. */
function modelOf(nodes: readonly OnnxNode[], constants: readonly OnnxTensor[] = CONSTANTS): Bytes {
  const output = nodes.at(-1)?.output ?? '';
  const input = { name: 'in', sizes: [3, 8, 8] };
  return encodeModel({ nodes, constants, input, output: { name: output, sizes: [2] } });
}

function node(operator: string, output: string, ...inputs: string[]): OnnxNode {
  return { operator, inputs, output };
}

const CONV = node('Conv', 'conv', 'in', 'k');
const GOOD = [
  CONV,
  node('Add', 'biased', 'conv', 'b4'),
  node('Relu', 'relu', 'biased'),
  { ...node('MaxPool', 'pool', 'relu'), attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
  node('GlobalAveragePool', 'mean', 'pool'),
  node('Reshape', 'row', 'mean', 'turn'),
  node('MatMul', 'product', 'row', 'd'),
  node('Add', 'logits', 'product', 'two'),
  node('Softmax', 'answer', 'logits'),
];
const good = modelOf(GOOD, [...CONSTANTS, { ...floats('b4', 4), shape: [4, 1, 1] }]);

function load(bytes: Bytes) {
  return loadOnnx(bytesInMemory('model.onnx', bytes)).network.layers;
}

function refusalOf(bytes: Bytes) {
  try {
    load(bytes);
  } catch (thrown) {
    const { code, message, details } = toGraftError(thrown);
    return { code, message, details };
  }
  throw new Error('Nothing was refused');
}

describe('loadOnnx', () => {
  it('turns channels to the end, and takes in biases', () => {
    expect(load(good)).toMatchObject([
      { kind: 'input', shape: [8, 8, 3] },
      { kind: 'conv2d', tensors: { kernel: { shape: [3, 3, 3, 4] }, bias: { shape: [4] } } },
      { kind: 'activation', activation: 'relu' },
      { kind: 'max-pooling2d' },
      { kind: 'global-average-pooling2d', keepDims: false },
      { kind: 'dense', tensors: { kernel: { shape: [4, 2] }, bias: { shape: [2] } } },
      { kind: 'activation', activation: 'softmax' },
    ]);
  });

  it('reads no weights', () => {
    const start = good.length - 600;
    const source = bytesInMemory('model.onnx', good);
    const numRead = { bytes: 0 };
    const read = (from: number, to: number) => {
      numRead.bytes += Math.max(0, to - from - 10);
      return source.read(from, to);
    };
    loadOnnx({ ...source, read });
    // Names alone are read in one go.
    expect(numRead.bytes).toBeLessThan(start / 4);
  });

  it('takes a softmax as the operator set of the file means it', () => {
    const softmax = { ...node('Softmax', 'end', 'in'), attributes: { axis: 1 } };
    const last = { kind: 'activation', activation: 'softmax' };
    // The version is the last number of the file.
    const inSet12 = (nodes: readonly OnnxNode[]) => modelOf(nodes).with(-1, 12);
    expect(load(modelOf([softmax])).at(-1)).toMatchObject(last);
    // Of height and width, too.
    expect(refusalOf(inSet12([softmax]))).toMatchObject({ code: 'unsupported-layer' });
    const pooled = [node('GlobalAveragePool', 'mean', 'in'), node('Softmax', 'end', 'mean')];
    expect(load(inSet12(pooled)).at(-1)).toMatchObject(last);
  });

  it('leaves a bias that is taken elsewhere without it', () => {
    const both = [CONV, node('Add', 'sum', 'conv', 'b4'), node('Add', 'all', 'sum', 'conv')];
    const kinds = load(modelOf(both, [...CONSTANTS, { ...floats('b4', 4), shape: [4, 1, 1] }]));
    expect(kinds.map(({ kind }) => kind)).toEqual(['input', 'conv2d', 'rescaling', 'add']);
  });

  it('says in layers what is padded as TensorFlow does, and adds zeros for the rest', () => {
    const padded = (pads: number[]) =>
      load(modelOf([{ ...CONV, attributes: { strides: [2, 2], pads } }])).slice(1);
    expect(padded([0, 0, 1, 1])).toMatchObject([{ kind: 'conv2d', padding: 'same' }]);
    expect(padded([1, 1, 1, 1])).toMatchObject([
      { kind: 'zero-padding2d', padding: [1, 1, 1, 1] },
      { kind: 'conv2d', padding: 'valid' },
    ]);
  });

  it('takes what the first output needs, and no more', () => {
    const more = [
      ...GOOD.slice(0, 1),
      node('Nonsense', 'odd', 'conv'),
      node('Relu', 'end', 'conv'),
    ];
    expect(load(modelOf(more))).toHaveLength(3);
  });

  it('is known by its first bytes, whatever it is called', async () => {
    const opened = await openNetwork([
      bytesInMemory('weights.bin', good),
      textSource('a.txt', 'x'),
    ]);
    expect(opened.format).toBe('onnx');
  });
});

describe('loadOnnx refuses', () => {
  const turned = { ...node('Transpose', 'end', 'in'), attributes: { perm: [0, 2, 1, 3] } };
  it.each([
    ['an unknown operation', [node('Sin', 'end', 'in')]],
    ['an inherited property name as operation', [node('constructor', 'end', 'in')]],
    ['another order than that of channels', [turned]],
    ['a kernel that is computed', [node('Conv', 'end', 'in', 'in')]],
    ['groups', [{ ...node('Conv', 'end', 'in', 'half'), attributes: { group: 2 } }]],
    ['a division by a layer', [node('Div', 'end', 'b', 'in')]],
    ['an error function of its own', [node('Erf', 'end', 'in')]],
    ['a picture whose channels come first as rows', [node('Reshape', 'end', 'in', 'rows')]],
    ['very many sizes', [node('Reshape', 'end', 'in', 'k')]],
    ['slopes for other values', [node('PRelu', 'end', 'in', 'deep')]],
    ['a constant for other values', [node('Mul', 'end', 'in', 'two')]],
    [
      'a window that goes too far',
      [
        {
          ...node('MaxPool', 'end', 'in'),
          attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 },
        },
      ],
    ],
  ] as const)('%s, naming the node and its operation', (_, nodes) => {
    const [last] = nodes;
    expect(refusalOf(modelOf(nodes))).toMatchObject({
      code: 'unsupported-layer',
      details: { layer: 'end', className: last.operator },
    });
  });

  it.each([
    ['what nothing gives', [node('Relu', 'end', 'nowhere')], 'nowhere'],
    ['a node that depends on itself', [node('Add', 'end', 'end', 'in')], 'nothing gives'],
    ['a name that is there twice', [node('Relu', 'in', 'in')], 'there already'],
    ['an output without the input', [node('Relu', 'end', 'k')], '0 inputs'],
    ['a kernel that does not fit', [node('Conv', 'end', 'in', 'half')], 'has a kernel of'],
  ] as const)('%s', (_, nodes, message) => {
    const refusal = refusalOf(modelOf(nodes));
    expect(refusal.code).toBe('base-invalid');
    expect(refusal.message).toContain(message);
  });

  const tensor = (...fields: readonly Field[]) =>
    withGraph(messageField(5, [textField(8, 'k'), ...fields]));

  it.each([
    [
      'a tensor of 40 GB',
      tensor(integerField(1, 1e10), integerField(2, 1), bytesField(9, new Uint8Array(4))),
    ],
    [
      'a tensor of an impossible shape',
      tensor(...Array.from({ length: 9 }, () => integerField(1, 1))),
    ],
    ['a tensor of less than nothing', tensor(integerField(1, -1), integerField(2, 1))],
    [
      'a tensor in pieces',
      tensor(bytesField(9, new Uint8Array(4)), bytesField(9, new Uint8Array(4))),
    ],
    ['a tensor of texts', tensor(integerField(1, 1), integerField(2, 8))],
    ['a tensor in another file', tensor(integerField(2, 1), integerField(14, 1))],
    ['a tensor with the name of another file', tensor(integerField(2, 1), messageField(13, []))],
  ])('%s, naming it', (_, bytes) => {
    expect(refusalOf(bytes)).toMatchObject({ code: 'base-invalid', details: { tensor: 'k' } });
  });

  it('values that are not numbers, naming the tensor', () => {
    const k = floats('k', 4, 3, 3, 3);
    k.values[5] = NaN;
    const [, conv] = load(modelOf([CONV], [k]));
    expect(() => conv?.tensors.kernel?.values).toThrow('The tensor k has values');
  });

  it('an operator set of long ago, and sparse tensors', () => {
    const old = encodeMessage([
      messageField(8, [integerField(2, 6)]),
      messageField(7, [textField(2, 'graph')]),
    ]);
    expect(refusalOf(old).message).toContain('operator set 6');
    expect(refusalOf(withGraph(messageField(15, []))).message).toContain('left out');
  });

  it('more fields, nodes, inputs and letters than any network has', () => {
    const empty = encodeMessage([integerField(20, 0)]);
    const many = new Uint8Array(3.3e6);
    for (let i = 0; i < many.length; i += empty.length) many.set(empty, i);
    expect(refusalOf(withGraph(bytesField(1, many))).message).toContain('too many fields');
    const numbered = Array.from({ length: 10_001 }, (_, i) =>
      node('Relu', `n${i}`, i === 0 ? 'in' : `n${i - 1}`),
    );
    expect(refusalOf(modelOf(numbered)).message).toContain('too many nodes');
    const inputs = Array.from({ length: 300 }, () => 'in');
    expect(refusalOf(modelOf([node('Sum', 'end', ...inputs)])).message).toContain(
      'too many inputs',
    );
    const long = node('x'.repeat(200_000), 'end', 'in');
    expect(refusalOf(modelOf([long])).message).toContain('far too long');
  });

  it('names that are all the same are made different, and take no time', () => {
    const nodes = Array.from({ length: 9000 }, (_, i) => ({
      ...node('Relu', `n${i}`, i === 0 ? 'in' : `n${i - 1}`),
    }));
    expect(load(modelOf(nodes))).toHaveLength(9001);
  });
});

/** A model of nothing but a graph with these fields. */
function withGraph(...fields: readonly Field[]): Bytes {
  return encodeMessage([integerField(1, 8), messageField(7, fields)]);
}

describe('a file that is broken or hostile', () => {
  it('ends in a sentence, and takes no memory for it', async () => {
    const random = createRandom(7);
    const complaints: string[] = [];
    const cases = [
      ...truncations(good),
      ...flips(good, 1500, random),
      ...hugeCounts(good, 500, random),
    ];
    const largest = await largestBufferOf(() => {
      for (const { title, bytes } of cases) {
        try {
          for (const { tensors } of load(bytes)) {
            for (const tensor of Object.values(tensors))
              if (tensor.values.length === 0) complaints.push(title);
          }
        } catch (thrown) {
          const { code } = toGraftError(thrown);
          const isAboutFile = code === 'base-invalid' || code === 'unsupported-layer';
          if (!isAboutFile) complaints.push(`${title}: ${String(thrown)}`);
        }
      }
      return Promise.resolve();
    });
    expect(complaints).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(2000);
    expect(largest).toBeLessThan(2 ** 21);
  });
});
