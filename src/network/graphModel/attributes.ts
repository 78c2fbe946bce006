import { GraftError } from '../../domain/errors.ts';
import { asList, asRecord, asText, type JsonRecord } from '../jsonChecks.ts';
import type { GraphNode } from './graphNodes.ts';

/** Refuses a node that cannot be said in layers; the graph then runs as it is. */
export function unsupportedNode({ name, op }: GraphNode, problem: string): never {
  const message = `The node ${name} (${op}) ${problem}`;
  throw new GraftError('unsupported-layer', message, { layer: name, className: op });
}

function attribute({ name, attributes }: GraphNode, key: string): JsonRecord | null {
  const value = attributes[key];
  return value === undefined ? null : asRecord(value, `${key} of ${name}`);
}

/** A text attribute; TensorFlow's JSON has the bytes in base64, older converters as a list of numbers. */
export function textAttribute(node: GraphNode, key: string): string | null {
  const value = attribute(node, key)?.['s'];
  return value === undefined ? null : decodeText(value, `${key} of ${node.name}`);
}

export function textListAttribute(node: GraphNode, key: string): string[] {
  return listAttribute(node, key, 's').map((value) => decodeText(value, `${key} of ${node.name}`));
}

function decodeText(value: unknown, where: string): string {
  if (Array.isArray(value))
    return (value as number[]).map((code) => String.fromCharCode(code)).join('');
  try {
    return atob(asText(value, where));
  } catch {
    throw new GraftError('base-invalid', `${where} is not a text in base64`, { where });
  }
}

/** Whole numbers, which JSON has as texts where they may be large. */
export function integerListAttribute(node: GraphNode, key: string): number[] {
  return listAttribute(node, key, 'i').map((value) => {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new GraftError('base-invalid', `${key} of ${node.name} should hold whole numbers`);
  });
}

function listAttribute(node: GraphNode, key: string, kind: 's' | 'i'): readonly unknown[] {
  const list = attribute(node, key)?.['list'];
  if (list === undefined) return [];
  return asList(asRecord(list, `${key} of ${node.name}`)[kind] ?? [], `${key} of ${node.name}`);
}

export function numberAttribute(node: GraphNode, key: string, fallback: number): number {
  const value = attribute(node, key)?.['f'] ?? fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new GraftError('base-invalid', `${key} of ${node.name} should be a number`);
}

/** Protocol buffers leave out what is `false`. */
export function flagAttribute(node: GraphNode, key: string): boolean {
  return attribute(node, key)?.['b'] === true;
}

/** Height and width out of four sizes [batch, height, width, channels]. */
export function spatialAttribute(node: GraphNode, key: string): readonly [number, number] {
  const [batch = 1, height = 1, width = 1, channels = 1] = integerListAttribute(node, key);
  if (batch !== 1 || channels !== 1) unsupportedNode(node, `has ${key} over batch or channels`);
  if (height < 1 || width < 1) unsupportedNode(node, `has ${key} below 1`);
  return [height, width];
}

export function requireChannelsLast(node: GraphNode): void {
  const format = textAttribute(node, 'data_format') ?? 'NHWC';
  if (format !== 'NHWC') unsupportedNode(node, 'does not have its channels last');
}
