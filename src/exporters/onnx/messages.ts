import {
  bytesField,
  encodeMessage,
  floatField,
  integerField,
  messageField,
  textField,
  type Field,
} from './protobuf.ts';

/** The messages of `onnx.proto` that a network for inference is made of, with their field numbers. */

/** A whole number, a list of them, a real number or a word. A real number is given as `{ real }`. */
export type AttributeValue = number | readonly number[] | { readonly real: number } | string;

/** As what weights are kept in the file. */
export type FloatType = 'float32' | 'float16';

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** float32, the bits of float16 in a `Uint16Array`, or int64 in a `BigInt64Array`. */
  readonly values:
    Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
}

/** What goes in or comes out; the first size is the batch, which is left open. */
export interface OnnxValue {
  readonly name: string;
  /** float32, [batch, …sizes] */
  readonly sizes: readonly number[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  readonly input: OnnxValue;
  readonly output: OnnxValue;
}

const IR_VERSION = 8;
/** The newest that clients of three years back know. */
const OPERATOR_SET = 17;
/** Numbers of the types of values. */
export const FLOAT = 1;
const INT64 = 7;
const FLOAT16 = 10;
const ATTRIBUTE_KINDS = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** The bytes of an ONNX file. */
export function encodeModel({ nodes, constants, input, output }: OnnxGraph) {
  const graph = [
    ...nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, 'graft'),
    ...constants.map((tensor) => messageField(5, tensorFields(tensor))),
    messageField(11, valueFields(input)),
    messageField(12, valueFields(output)),
  ];
  return encodeMessage([
    integerField(1, IR_VERSION),
    textField(2, 'graft'),
    messageField(7, graph),
    messageField(8, [textField(1, ''), integerField(2, OPERATOR_SET)]),
  ]);
}

function nodeFields({ operator, inputs, output, attributes = {} }: OnnxNode): Field[] {
  return [
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(3, output),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      messageField(5, attributeFields(name, value)),
    ),
  ];
}

function attributeFields(name: string, value: AttributeValue): Field[] {
  const [kind, ...values] = attributeValue(value);
  return [textField(1, name), ...values, integerField(20, ATTRIBUTE_KINDS[kind])];
}

function attributeValue(
  value: AttributeValue,
): readonly [keyof typeof ATTRIBUTE_KINDS, ...Field[]] {
  if (typeof value === 'string') return ['string', textField(4, value)];
  if (typeof value === 'number') return ['int', integerField(3, value)];
  if ('real' in value) return ['float', floatField(2, value.real)];
  return ['ints', ...value.map((each) => integerField(8, each))];
}

function tensorFields({ name, shape, values }: OnnxTensor): Field[] {
  return [
    ...shape.map((size) => integerField(1, size)),
    integerField(2, typeOf(values)),
    textField(8, name),
    bytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ];
}

function typeOf(values: OnnxTensor['values']): number {
  if (values instanceof Float32Array) return FLOAT;
  return values instanceof Uint16Array ? FLOAT16 : INT64;
}

function valueFields({ name, sizes }: OnnxValue): Field[] {
  const dimensions = [
    messageField(1, [textField(2, 'batch')]),
    ...sizes.map((size) => messageField(1, [integerField(1, size)])),
  ];
  const tensorType = [integerField(1, FLOAT), messageField(2, dimensions)];
  return [textField(1, name), messageField(2, [messageField(1, tensorType)])];
}
