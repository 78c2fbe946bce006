import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';
import type { WeightTensor } from '../network.ts';
import { readNode, type OnnxNode } from './readNode.ts';
import { readTensor } from './readTensor.ts';
import { bytesOf, integerOf, textOf, WireReader } from './wireFormat.ts';

/** What goes into a graph. */
export interface OnnxInput {
  readonly name: string;
  /** With the batch; `null` where open or not said. */
  readonly sizes: readonly (number | null)[];
}

export interface OnnxGraph {
  /** The version of the operations. */
  readonly operatorSet: number;
  /** Each after those that it takes something of, as the format asks for. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, WeightTensor>;
  /** Those that are no constants. */
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly string[];
}

/** Far above any network that fits a browser. */
const MAX_NODES = 10_000;
const MAX_TENSORS = 10_000;
/** Before it, operations took their settings in other ways. */
const MIN_OPERATOR_SET = 7;
/** No size of a photo. */
const MAX_SIZE = 2 ** 31;

/**
 * Reads a `ModelProto` but for its weights, which are read when they are asked for.
 * Errors: base-invalid {file}, {tensor}.
 */
export function readModel(source: ByteSource): OnnxGraph {
  const reader = new WireReader();
  let graph: ByteSource | null = null;
  let operatorSet = MIN_OPERATOR_SET;
  for (const field of reader.fields(source)) {
    if (field.number === 7) graph = bytesOf(field);
    if (field.number === 8) operatorSet = readOperatorSet(reader, bytesOf(field)) ?? operatorSet;
  }
  if (graph === null) return refuse('The file has no graph');
  return { operatorSet, ...readGraph(reader, graph) };
}

/** `null` for a set of somebody's own. */
function readOperatorSet(reader: WireReader, message: ByteSource): number | null {
  let domain = '';
  let version = MIN_OPERATOR_SET;
  for (const field of reader.fields(message)) {
    if (field.number === 1) domain = textOf(field);
    if (field.number === 2) version = integerOf(field);
  }
  if (domain !== '' && domain !== 'ai.onnx') return null;
  return version < MIN_OPERATOR_SET ? refuse(`Its operator set ${version} is too old`) : version;
}

function readGraph(reader: WireReader, message: ByteSource): Omit<OnnxGraph, 'operatorSet'> {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, WeightTensor>();
  const inputs: OnnxInput[] = [];
  const outputs: string[] = [];
  for (const field of reader.fields(message)) {
    switch (field.number) {
      case 1:
        if (nodes.push(readNode(reader, bytesOf(field))) > MAX_NODES)
          refuse('It has too many nodes');
        break;
      case 5: {
        const { name, tensor } = readTensor(reader, bytesOf(field));
        constants.set(name, tensor);
        if (constants.size > MAX_TENSORS) refuse('It has too many tensors');
        break;
      }
      case 11:
        inputs.push(readInput(reader, bytesOf(field)));
        break;
      case 12:
        outputs.push(readInput(reader, bytesOf(field)).name);
        break;
      case 15:
        refuse('It has tensors with most of their values left out');
    }
  }
  // Early versions list constants as inputs too.
  return { nodes, constants, inputs: inputs.filter(({ name }) => !constants.has(name)), outputs };
}

/** A `ValueInfoProto`: its name, and through `TypeProto` and `TensorShapeProto` its sizes. */
function readInput(reader: WireReader, message: ByteSource): OnnxInput {
  let name = '';
  const sizes: (number | null)[] = [];
  for (const field of reader.fields(message)) {
    if (field.number === 1) name = textOf(field);
    if (field.number !== 2) continue;
    for (const type of messagesIn(reader, bytesOf(field), 1)) {
      for (const shape of messagesIn(reader, type, 2)) {
        for (const dimension of messagesIn(reader, shape, 1)) sizes.push(sizeIn(reader, dimension));
      }
    }
  }
  return { name, sizes };
}

/** Those in the fields of a number. */
function* messagesIn(reader: WireReader, message: ByteSource, number: number) {
  for (const field of reader.fields(message)) {
    if (field.number === number) yield bytesOf(field);
  }
}

function sizeIn(reader: WireReader, dimension: ByteSource): number | null {
  for (const field of reader.fields(dimension)) {
    if (field.number !== 1) continue;
    const size = integerOf(field);
    if (size >= MAX_SIZE) refuse(`It takes ${size} values a side`);
    return size > 0 ? size : null;
  }
  return null;
}

function refuse(problem: string): never {
  throw new GraftError('base-invalid', problem);
}
