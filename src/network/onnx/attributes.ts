import { GraftError } from '../../domain/errors.ts';
import type { OnnxNode } from './readNode.ts';

/** Refuses a node that cannot be said in layers. */
export function unsupportedNode({ name, op }: OnnxNode, problem: string): never {
  const message = `The node ${name} (${op}) ${problem}`;
  throw new GraftError('unsupported-layer', message, { layer: name, className: op });
}

export function textAttribute({ attributes }: OnnxNode, key: string, fallback: string): string {
  return attributes.get(key)?.text ?? fallback;
}

/** Real numbers that say how much; float32, as everywhere. */
export function realAttribute(node: OnnxNode, key: string, fallback: number): number {
  const value = node.attributes.get(key)?.floats[0] ?? Math.fround(fallback);
  return Number.isNaN(value) ? unsupportedNode(node, `has no number for ${key}`) : value;
}

export function integerAttribute({ attributes }: OnnxNode, key: string, fallback: number): number {
  return attributes.get(key)?.integers[0] ?? fallback;
}

/** `null` where the node has no such attribute. */
export function integersAttribute({ attributes }: OnnxNode, key: string): readonly number[] | null {
  const { integers } = attributes.get(key) ?? { integers: [] };
  return integers.length === 0 ? null : integers;
}

/** Height and width, each at least 1. */
export function spatialAttribute(
  node: OnnxNode,
  key: string,
  fallback: readonly [number, number] | null = [1, 1],
): readonly [number, number] {
  const [height = 0, width = 0, ...more] = integersAttribute(node, key) ?? fallback ?? [];
  const isPair = more.length === 0 && [height, width].every((size) => size >= 1 && size < 2 ** 31);
  return isPair
    ? [height, width]
    : unsupportedNode(node, `has ${key} of something else than a picture`);
}
