import { describe, expect, it } from 'vitest';
import { toGraftError } from '../../domain/errors.ts';
import { largestBufferOf } from '../../domain/largestBufferFixture.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { openNetwork } from '../../network/openNetwork.ts';
import {
  encodeFlatbuffer,
  float32s,
  int32s,
  int64s,
  int8,
  table,
  tables,
  text,
  uint32,
  type Table,
} from './flatbuffer.ts';

/** Models of TensorFlow Lite that nobody would write, put together table by table. */

const [RELU, ADD, CONV_2D, CUSTOM, CONCATENATION, TRANSPOSE_CONV] = [19, 0, 3, 32, 2, 67];
const [FLOAT32, INT8] = [0, 9];
const EMPTY: Table = [];

interface Parts {
  readonly codes?: readonly Table[];
  readonly tensors?: readonly Table[];
  readonly operators?: readonly Table[];
  readonly buffers?: readonly Table[];
  readonly inputs?: readonly number[];
  readonly outputs?: readonly number[];
}

const code = (number: number, name = ''): Table => [int8(number), text(name)];
const tensor = (
  shape: readonly number[],
  type = FLOAT32,
  buffer = 0,
  steps: Table | null = null,
): Table => [int32s(shape), int8(type), uint32(buffer), text('x'), steps && table(steps)];
const operator = (kind: number, inputs: readonly number[], outputs: readonly number[]): Table => [
  uint32(kind),
  int32s(inputs),
  int32s(outputs),
];
const bytes = (length: number): Table => [
  { kind: 'bytes', size: length, read: () => new Uint8Array(length) },
];
const PICTURE = tensor([1, 4, 4, 3]);

/** A model that is good but for what is given. */
function liteModel({
  codes = [code(RELU)],
  tensors = [PICTURE, PICTURE],
  operators = [operator(0, [0], [1])],
  buffers = [EMPTY],
  inputs = [0],
  outputs = [1],
}: Parts = {}): Uint8Array<ArrayBuffer> {
  const graph: Table = [tables(tensors), int32s(inputs), int32s(outputs), tables(operators)];
  return encodeFlatbuffer(
    [uint32(3), tables(codes), tables([graph]), text('hostile'), tables(buffers)],
    'TFL3',
  );
}

async function refusalOf(file: Uint8Array<ArrayBuffer>) {
  const thrown: unknown = await openNetwork([bytesInMemory('x.tflite', file)]).then(
    () => new Error('Nothing was refused'),
    (reason: unknown) => reason,
  );
  const { code: found, message, details } = toGraftError(thrown);
  return { code: found, message, details };
}

const kernelOf = (...given: Parameters<typeof tensor>): Parts => ({
  codes: [code(CONV_2D)],
  tensors: [PICTURE, tensor(...given), PICTURE],
  operators: [operator(0, [0, 1], [2])],
  buffers: [EMPTY, bytes(36)],
  outputs: [2],
});

const REFUSED: readonly (readonly [string, Parts, object])[] = [
  [
    'an operator that takes what it gives',
    { operators: [operator(0, [1], [1])] },
    { code: 'base-invalid', details: { file: 'x.tflite' } },
  ],
  [
    'operators that take from each other',
    {
      codes: [code(ADD)],
      tensors: [PICTURE, PICTURE, PICTURE],
      operators: [operator(0, [0, 2], [1]), operator(0, [0, 1], [2])],
    },
    { code: 'base-invalid' },
  ],
  [
    'a tensor that two operators give',
    { operators: [operator(0, [0], [1]), operator(0, [0], [1])] },
    { code: 'base-invalid', message: expect.stringContaining('twice') as string },
  ],
  ['a tensor that is not there', { operators: [operator(0, [7], [1])] }, { code: 'base-invalid' }],
  ['an input that is not there', { inputs: [9] }, { code: 'base-invalid' }],
  ['an output that nothing gives', { outputs: [9] }, { code: 'base-invalid' }],
  ['no output', { outputs: [] }, { code: 'base-invalid' }],
  ['no graph', { codes: [], tensors: [], operators: [], inputs: [] }, { code: 'base-invalid' }],
  ['an operator of no kind', { operators: [operator(4, [0], [1])] }, { code: 'base-invalid' }],
  [
    'an operator without an input',
    { operators: [operator(0, [], [1])] },
    { code: 'unsupported-layer', details: { className: 'RELU' } },
  ],
  [
    'an operator of several outputs',
    { operators: [operator(0, [0], [1, 0])] },
    { code: 'unsupported-layer', details: { className: 'RELU' } },
  ],
  [
    'an operator that no layer stands for',
    { codes: [code(TRANSPOSE_CONV)] },
    { code: 'unsupported-layer', details: { className: 'TRANSPOSE_CONV' } },
  ],
  [
    'an operator of somebody’s own',
    { codes: [code(CUSTOM, 'RELU')] },
    { code: 'unsupported-layer', details: { className: 'custom RELU' } },
  ],
  [
    'very many inputs',
    {
      codes: [code(CONCATENATION)],
      operators: [operator(0, Array<number>(5000).fill(0), [1])],
    },
    { code: 'base-invalid', message: expect.stringContaining('too many inputs') as string },
  ],
  [
    'a kernel of more values than it has bytes for',
    kernelOf([2 ** 31 - 1, 2 ** 31 - 1, 3, 3], FLOAT32, 1),
    { code: 'base-invalid' },
  ],
  [
    'a kernel of another rank',
    kernelOf([9], FLOAT32, 1),
    { code: 'unsupported-layer', details: { className: 'CONV_2D' } },
  ],
  [
    'a shape of very many axes',
    { tensors: [tensor(Array<number>(10_000).fill(1)), PICTURE] },
    { code: 'base-invalid' },
  ],
  [
    'a shape below nothing',
    { tensors: [tensor([1, -4, 4, 3]), PICTURE] },
    { code: 'base-invalid' },
  ],
  [
    'steps for other channels than there are',
    kernelOf([3, 2, 2, 3], INT8, 1, [null, null, float32s([1, 2]), int64s([0, 0])]),
    { code: 'base-invalid' },
  ],
  ['a type that is not known', kernelOf([3, 2, 2, 3], 99, 1), { code: 'base-invalid' }],
  [
    'weights without their zeros',
    { tensors: [PICTURE, [int32s([1]), int8(0), uint32(0), null, null, null, table(EMPTY)]] },
    { code: 'base-invalid' },
  ],
];

describe('a TensorFlow Lite file', () => {
  it('made here is good', async () => {
    expect(await openNetwork([bytesInMemory('x.tflite', liteModel())])).toMatchObject({
      format: 'tflite',
      network: { layers: [{ kind: 'input', shape: [4, 4, 3] }, { activation: 'relu' }] },
    });
  });

  it.each(REFUSED)('is refused with %s, and no memory taken', async (_, parts, refusal) => {
    const largest = await largestBufferOf(async () => {
      expect(await refusalOf(liteModel(parts))).toMatchObject(refusal);
    });
    expect(largest).toBeLessThan(4 * 2 ** 20);
  });
});
