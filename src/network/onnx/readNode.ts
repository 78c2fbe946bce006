import { GraftError } from '../../domain/errors.ts';
import type { ByteSource } from '../byteSource.ts';
import type { WeightTensor } from '../network.ts';
import { readTensor } from './readTensor.ts';
import { bytesOf, floatsOf, integerOf, integersOf, textOf, type WireReader } from './wireFormat.ts';

/** One operation of an ONNX graph. */
export interface OnnxNode {
  readonly name: string;
  /** As the standard calls it; with its domain before it where that is another one. */
  readonly op: string;
  /** Names of values; empty for one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** A setting of an operation, in the forms that networks for pictures have. */
export interface OnnxAttribute {
  readonly text: string | null;
  /** One or several whole numbers. */
  readonly integers: readonly number[];
  /** One or several real numbers. */
  readonly floats: readonly number[];
  readonly tensor: WeightTensor | null;
}

/** Each is looked at again for every other. */
const MAX_INPUTS = 256;
const MAX_ATTRIBUTES = 100;

/** Reads a `NodeProto`. Graphs within it are left alone: no operation that has any is known. */
export function readNode(reader: WireReader, message: ByteSource): OnnxNode {
  let [name, op, domain] = ['', '', ''];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  for (const field of reader.fields(message)) {
    switch (field.number) {
      case 1:
        inputs.push(textOf(field));
        break;
      case 2:
        outputs.push(textOf(field));
        break;
      case 3:
        name = textOf(field);
        break;
      case 4:
        op = textOf(field);
        break;
      case 5:
        attributes.set(...readAttribute(reader, bytesOf(field)));
        break;
      case 7:
        domain = textOf(field);
        break;
    }
    const length = Math.max(inputs.length, outputs.length);
    if (length > MAX_INPUTS || attributes.size > MAX_ATTRIBUTES) {
      throw new GraftError('base-invalid', `The node ${name} has too many inputs`, { layer: name });
    }
  }
  const isOwn = domain === '' || domain === 'ai.onnx';
  return {
    name: name === '' ? (outputs[0] ?? '') : name,
    op: isOwn ? op : `${domain}.${op}`,
    inputs,
    outputs,
    attributes,
  };
}

function readAttribute(reader: WireReader, message: ByteSource): [string, OnnxAttribute] {
  let name = '';
  let text: string | null = null;
  let tensor: WeightTensor | null = null;
  const integers: number[] = [];
  const floats: number[] = [];
  for (const field of reader.fields(message)) {
    switch (field.number) {
      case 1:
        name = textOf(field);
        break;
      case 2:
      case 7:
        floats.push(...floatsOf(field));
        break;
      case 3:
        integers.push(integerOf(field));
        break;
      case 8:
        integers.push(...integersOf(field));
        break;
      case 4:
        text = textOf(field);
        break;
      case 5:
        ({ tensor } = readTensor(reader, bytesOf(field)));
        break;
    }
  }
  return [name, { text, integers, floats, tensor }];
}
