import {
  bool,
  encodeFlatbuffer,
  float32s,
  int32,
  int32s,
  int64s,
  int8,
  table,
  tables,
  text,
  uint32,
  uint8,
  type Table,
} from './flatbuffer.ts';
import type { LiteGraph, LiteOperator, LiteTensor, Quantisation, TensorType } from './liteGraph.ts';
import { OPERATORS, type OperatorName } from './operators.ts';
import { firstRuntime } from './runtimeVersions.ts';

/** Tables of TensorFlow Lite's `schema.fbs`, version 3, field by field as the schema numbers them. */

const SCHEMA_VERSION = 3;
const TYPES: Readonly<Record<TensorType, { readonly code: number; readonly byteLength: number }>> =
  {
    float32: { code: 0, byteLength: 4 },
    float16: { code: 1, byteLength: 2 },
    int32: { code: 2, byteLength: 4 },
    int8: { code: 9, byteLength: 1 },
  };
/** Numbers of operators from here on are too large for the field that they were first kept in. */
const PLACEHOLDER_CODE = 127;
/** Room that readers expect for the version of a runtime. */
const RUNTIME_BYTES = 16;

/** The bytes of the file. `metadata`, where there is any, is a flatbuffer of its own. */
export function encodeGraph(graph: LiteGraph, metadata: Uint8Array): Uint8Array<ArrayBuffer> {
  const { tensors, operators } = graph;
  const kinds = distinctKinds(graph);
  const constants = tensors.filter(({ values }) => values !== null);
  // The first buffer is empty by agreement; tensors without values refer to it.
  const buffers = [
    [],
    ...constants.map(bufferOf),
    bytesBuffer(RUNTIME_BYTES, () => runtimeBytes(graph)),
    bytesBuffer(metadata.length, () => metadata),
  ];
  const subgraph: Table = [
    tables(
      tensors.map((tensor, position) => {
        const name = `${tensor.name}_${position}`;
        return tensorTable({ ...tensor, name }, constants.indexOf(tensor) + 1);
      }),
    ),
    int32s([graph.input]),
    int32s([graph.output]),
    tables(operators.map((each) => operatorTable(each, kinds.indexOf(kindOf(graph, each))))),
    text('main'),
  ];
  const model: Table = [
    uint32(SCHEMA_VERSION),
    tables(kinds.map(operatorCodeTable)),
    tables([subgraph]),
    text('graft'),
    tables(buffers),
    null,
    tables([
      [text('min_runtime_version'), uint32(buffers.length - 2)],
      [text('TFLITE_METADATA'), uint32(buffers.length - 1)],
    ]),
    tables([signature(graph)]),
  ];
  return encodeFlatbuffer(model, 'TFL3');
}

/** Name and version of an operator. */
type Kind = `${OperatorName}/${number}`;

function kindOf(graph: LiteGraph, operator: LiteOperator): Kind {
  const { versions } = OPERATORS[operator.name];
  return `${operator.name}/${versions[isInt8(graph, operator) ? 'int8' : 'float']}`;
}

function isInt8({ tensors }: LiteGraph, { inputs }: LiteOperator): boolean {
  return tensors[inputs[0] ?? 0]?.type === 'int8';
}

/** The oldest runtime that takes the file, as text. */
function runtimeBytes(graph: LiteGraph): Uint8Array {
  const used = graph.operators.map((each) => ({ name: each.name, isInt8: isInt8(graph, each) }));
  const bytes = new Uint8Array(RUNTIME_BYTES);
  new TextEncoder().encodeInto(firstRuntime(used), bytes);
  return bytes;
}

function distinctKinds(graph: LiteGraph): Kind[] {
  return [...new Set(graph.operators.map((each) => kindOf(graph, each)))];
}

function operatorCodeTable(kind: Kind): Table {
  const [name = '', version = ''] = kind.split('/');
  const { code } = OPERATORS[name as OperatorName];
  return [int8(Math.min(code, PLACEHOLDER_CODE)), null, int32(Number(version)), int32(code)];
}

function operatorTable({ name, inputs, output, options }: LiteOperator, code: number): Table {
  const optionsType = OPERATORS[name].options;
  const optionFields = optionsType === 0 ? [] : [uint8(optionsType), table(options)];
  return [uint32(code), int32s(inputs), int32s([output]), ...optionFields];
}

function tensorTable(
  { name, shape, type, quantisation, values }: LiteTensor,
  buffer: number,
): Table {
  return [
    int32s(shape),
    int8(TYPES[type].code),
    uint32(values === null ? 0 : buffer),
    text(name),
    quantisation && table(quantisationTable(quantisation)),
    bool(false),
  ];
}

function quantisationTable({ scales, zeroPoints, axis }: Quantisation): Table {
  return [null, null, float32s(scales), int64s(zeroPoints), null, null, int32(axis)];
}

function bufferOf({ shape, type, values }: LiteTensor): Table {
  const numValues = shape.reduce((product, size) => product * size, 1);
  return bytesBuffer(numValues * TYPES[type].byteLength, () => {
    const made = values?.() ?? new Uint8Array();
    return new Uint8Array(made.buffer, made.byteOffset, made.byteLength);
  });
}

function bytesBuffer(size: number, read: () => Uint8Array): Table {
  return [{ kind: 'bytes', size, read }];
}

/** The names by which a program asks for input and output. */
function signature({ input, output }: LiteGraph): Table {
  const named = (name: string, tensor: number) => tables([[text(name), uint32(tensor)]]);
  return [named('input', input), named('output', output), text('serving_default'), null, uint32(0)];
}
