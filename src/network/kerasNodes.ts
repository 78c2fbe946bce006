import { GraftError } from '../domain/errors.ts';
import { asCount, asList, asNumber, asRecord, asText } from './jsonChecks.ts';

/** A layer as a topology lists it. */
export interface LayerEntry {
  readonly className: string;
  readonly name: string;
  readonly config: unknown;
  /** One for each time that the layer is called, with what it is called with. */
  readonly inboundNodes: readonly unknown[];
}

/** The output of a layer's `call`-th call. */
export interface OutputReference {
  readonly layer: string;
  readonly call: number;
}

/** What a layer is called with, in order: outputs of layers, and numbers. */
export type Operand = OutputReference | readonly number[];

export function isReference(operand: Operand): operand is OutputReference {
  return 'layer' in operand;
}

export function readEntry(value: unknown): LayerEntry {
  const entry = asRecord(value, 'A layer');
  const className = asText(entry['class_name'], 'class_name of a layer');
  // A Sequential inside a TF.js model may have a bare list as its config, and then no name.
  const config = entry['config'];
  const inner = Array.isArray(config) ? {} : asRecord(config, `The config of a ${className}`);
  const name = asText(entry['name'] ?? inner['name'] ?? className, `The name of a ${className}`);
  const inboundNodes = asList(entry['inbound_nodes'] ?? [], `inbound_nodes of ${name}`);
  return { className, name, config, inboundNodes };
}

/** A model's single input or output. Keras 3 leaves the outer list out where there is only one. */
export function readOnlyEnd(value: unknown, end: 'input' | 'output'): OutputReference {
  const where = `${end}_layers`;
  const list = asList(value, where);
  if (typeof list[0] === 'string') return readReference(list, where);
  if (list.length !== 1) {
    const message = `The model has ${String(list.length)} ${end}s instead of one`;
    throw new GraftError('base-invalid', message);
  }
  return readReference(asList(list[0], where), where);
}

/** Each is looked up again for every other; no layer of any network takes a tenth of this. */
const MAX_OPERANDS = 1000;

/** Operands of one call, as Keras 2 and TF.js write them (lists) or Keras 3 (an object). */
export function readOperands(entry: LayerEntry, call: number): readonly Operand[] {
  // A layer called once has one node, though Keras counts a nested model's calls from 1.
  const node = entry.inboundNodes.length === 1 ? entry.inboundNodes[0] : entry.inboundNodes[call];
  const where = `inbound_nodes of ${entry.name}`;
  const operands = Array.isArray(node) ? readListNode(node, where) : readObjectNode(node, where);
  if (operands.length > MAX_OPERANDS) refuse(entry.name, 'has too many inputs');
  return operands.some(isReference) ? operands : refuse(entry.name, 'has no input');
}

/** `[[layer, call, tensor, keywords], …]`, or for a single input of an operation without the outer list. */
function readListNode(node: readonly unknown[], where: string): readonly Operand[] {
  const inputs = typeof node[0] === 'string' ? [node] : node;
  return inputs.flatMap((value) => {
    const input = asList(value, where);
    const [name, , constant, keywords] = input;
    const first =
      name === '_CONSTANT_VALUE' ? readNumbers(constant, where) : readReference(input, where);
    const others = keywords === undefined ? [] : Object.values(asRecord(keywords, where));
    return [first, ...others.flatMap((other) => readKeyword(other, where))];
  });
}

/** Only what an operation could compute with; flags such as `training` change no answer here. */
function readKeyword(value: unknown, where: string): readonly Operand[] {
  if (Array.isArray(value) && typeof value[0] === 'string') return [readReference(value, where)];
  return typeof value === 'number' || Array.isArray(value) ? [readNumbers(value, where)] : [];
}

function readObjectNode(node: unknown, where: string): readonly Operand[] {
  const { args, kwargs } = asRecord(node, where);
  const keywords = Object.values(asRecord(kwargs ?? {}, where));
  return [...asList(args, where), ...keywords].flatMap((value) => readArgument(value, where));
}

function readArgument(value: unknown, where: string): readonly Operand[] {
  if (typeof value === 'number') return [[asNumber(value, where)]];
  if (Array.isArray(value)) return value.flatMap((each) => readArgument(each, where));
  if (typeof value !== 'object' || value === null) return [];
  const { class_name: className, config } = asRecord(value, where);
  const { keras_history: history, value: constant } = asRecord(config ?? {}, where);
  if (className === '__keras_tensor__') return [readReference(asList(history, where), where)];
  return [readNumbers(constant, where)];
}

function readNumbers(value: unknown, where: string): readonly number[] {
  if (!Array.isArray(value)) return [asNumber(value, where)];
  return value.flat(Infinity).map((each) => asNumber(each, where));
}

function readReference(list: readonly unknown[], where: string): OutputReference {
  const [layer, call, tensor] = list;
  if (tensor !== 0) {
    throw new GraftError('base-invalid', `${where} names a second output`, { where });
  }
  return { layer: asText(layer, where), call: asCount(call, where) };
}

function refuse(layer: string, problem: string): never {
  throw new GraftError('base-invalid', `The layer ${layer} ${problem}`, { layer });
}
