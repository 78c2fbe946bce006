import { GraftError } from '../../domain/errors.ts';
import type { OnnxGraph } from './readModel.ts';
import type { OnnxNode } from './readNode.ts';

/**
 * The nodes that the first output depends on, in order, their names made different from one another.
 * Errors: base-invalid {layer} where a node takes what no node before it gives.
 */
export function neededNodes({ nodes, constants, inputs, outputs }: OnnxGraph): OnnxNode[] {
  const [output] = outputs;
  if (output === undefined) throw new GraftError('base-invalid', 'The model has no output');
  const wanted = new Set([output]);
  const needed = nodes.toReversed().filter((node) => {
    const isNeeded = node.outputs.some((name) => wanted.has(name));
    if (isNeeded) for (const name of node.inputs) wanted.add(name);
    return isNeeded;
  });
  const given = new Set(['', ...constants.keys(), ...inputs.map(({ name }) => name)]);
  const taken = new Set<string>();
  return needed.toReversed().map((node) => {
    const missing = node.inputs.find((name) => !given.has(name));
    if (missing !== undefined) refuse(node, `takes ${missing}, which nothing gives`);
    for (const name of node.outputs) {
      if (name !== '' && given.has(name)) refuse(node, `gives ${name}, which is there already`);
      given.add(name);
    }
    const name = taken.has(node.name) ? (node.outputs[0] ?? '') : node.name;
    taken.add(name);
    return { ...node, name };
  });
}

function refuse({ name }: OnnxNode, problem: string): never {
  throw new GraftError('base-invalid', `The node ${name} ${problem}`, { layer: name });
}
