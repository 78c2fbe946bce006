import { GraftError } from '../../domain/errors.ts';
import type { PixelRange } from '../../domain/preprocessing.ts';
import { rangeThrough } from '../inputRange.ts';
import { asList } from '../jsonChecks.ts';
import { graphOf } from './graphNodes.ts';
import { mapGraph } from './mapGraph.ts';
import { inputNode, type OpaqueParts } from './readOpaque.ts';

/**
 * Whether a graph has all of a base's graph up to `cutNode` in it, by the names of nodes: the same
 * operations, attributes and constants behind the node that takes the base's pictures, whatever is before
 * it. Weights are read only where all else is the same.
 */
export function hasBaseInIt(whole: OpaqueParts, base: OpaqueParts, cutNode: string): boolean {
  const { inputName } = base;
  const outline = outlineOf(base, inputName, cutNode);
  if (outline === null || outline.text !== outlineOf(whole, inputName, cutNode)?.text) return false;
  return outline.constants.every((name) => {
    const [own, other] = [base.constants.get(name), whole.constants.get(name)];
    if (own === undefined || other === undefined) return false;
    if (own.shape.join() !== other.shape.join()) return false;
    const values = other.values;
    return own.values.every((value, i) => value === values[i]);
  });
}

/**
 * What range pixels have at the node that takes the base's pictures, where they come in `range`; `null`
 * where anything else is done to them before it.
 */
export function rangeAtBase(
  { graph, constants }: OpaqueParts,
  { inputName }: OpaqueParts,
  range: PixelRange,
): PixelRange | null {
  try {
    return rangeThrough(
      mapGraph(graphOf([...graph.nodes.values()], [inputName]), constants),
      range,
    );
  } catch (thrown) {
    if (thrown instanceof GraftError) return null;
    throw thrown;
  }
}

interface Outline {
  /** Equal where all but the constants' values is. */
  readonly text: string;
  readonly constants: readonly string[];
}

/** `null` where pictures do not get from the one node to the other alone. */
function outlineOf(parts: OpaqueParts, inputName: string, cutNode: string): Outline | null {
  const { graph, stated, library } = parts;
  if (!graph.nodes.has(inputName) || !graph.nodes.has(cutNode)) return null;
  const others = [...graph.nodes.values()].filter(({ name }) => name !== inputName);
  const input = inputNode(inputName);
  const nodes = [...graphOf([input, ...others], [cutNode]).nodes.values()];
  if (nodes.some((node) => node.op === 'Placeholder' && node !== input)) return null;
  const lines = nodes.map(({ name, op, attributes }) => {
    const inputs = asList(stated.get(name)?.['input'] ?? [], `input of ${name}`);
    // Those that only order execution are left out of exports.
    const taken = inputs.filter((each) => !String(each).startsWith('^'));
    return name === inputName ? [name] : [name, op, taken, attributes];
  });
  return {
    text: JSON.stringify([library, lines]),
    constants: nodes.filter(({ op }) => op === 'Const').map(({ name }) => name),
  };
}
