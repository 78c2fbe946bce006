import type { CutPooling } from '../domain/cut.ts';
import { activationSizeOf, type HeadWeights } from '../domain/head.ts';
import type { HiddenActivation } from '../domain/hiddenActivation.ts';

/** A node as `model.json` of a TF.js graph model has it. */
export interface GraphModelNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

export interface GraphConstant {
  readonly name: string;
  readonly shape: readonly number[];
  /** Bytes are truth values. */
  readonly values: Float32Array | Int32Array | Uint8Array;
}

export interface NodesBehindCut {
  /** In an order of execution; the last gives the probabilities. */
  readonly nodes: readonly GraphModelNode[];
  readonly constants: readonly GraphConstant[];
}

const FLOAT = { T: { type: 'DT_FLOAT' } };
const INDEX = { ...FLOAT, Tidx: { type: 'DT_INT32' } };

const OPERATIONS: Readonly<Record<HiddenActivation, string>> = {
  relu: 'Relu',
  elu: 'Elu',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
};

/** Pooling and softmax head as nodes, behind the node `cut`. Their names begin with `prefix`. */
export function nodesBehindCut(
  cut: string,
  pooling: CutPooling,
  head: HeadWeights,
  prefix: string,
): NodesBehindCut {
  const named = (name: string) => `${prefix}/${name}`;
  const activationSize = activationSizeOf(head);
  const constants: GraphConstant[] = [];
  const nodes: GraphModelNode[] = [];
  const add = (op: string, name: string, input: readonly string[], attr: object = FLOAT) => {
    nodes.push({ name: named(name), op, input, attr: { ...attr } });
    return named(name);
  };
  const addIndices = (name: string, shape: readonly number[], values: readonly number[]) => {
    constants.push({ name: named(name), shape, values: Int32Array.from(values) });
    return named(name);
  };
  const addReduction = (op: 'Mean' | 'Max', name: string, input: string, keepsDims: boolean) =>
    add(op, name, [input, named('sides')], { ...INDEX, keep_dims: { b: keepsDims } });
  const addRow = (): string => {
    switch (pooling) {
      case 'none':
        return cut;
      case 'flatten':
        return add('Reshape', 'flatten', [cut, addIndices('row', [2], [-1, activationSize])]);
      case 'global-average':
      case 'global-max':
        addIndices('sides', [2], [1, 2]);
        return addReduction(pooling === 'global-max' ? 'Max' : 'Mean', 'pooling', cut, false);
      case 'average-and-spread': {
        // As `network/pooling`: the mean, and the mean of what lies above it.
        addIndices('sides', [2], [1, 2]);
        const average = addReduction('Mean', 'average', cut, false);
        const kept = addReduction('Mean', 'average_kept', cut, true);
        const above = add('Relu', 'above', [add('Sub', 'centred', [cut, kept])]);
        const spread = addReduction('Mean', 'spread', above, false);
        const axis = addIndices('axis', [], [1]);
        return add('ConcatV2', 'pooling', [average, spread, axis], { ...INDEX, N: { i: '2' } });
      }
    }
  };
  const addDense = (input: string, { kernel, bias }: HeadWeights, suffix: string) => {
    const [kernelName, biasName] = [named(`kernel${suffix}`), named(`bias${suffix}`)];
    const shape = [kernel.length / bias.length, bias.length];
    constants.push({ name: kernelName, shape, values: kernel });
    constants.push({ name: biasName, shape: [bias.length], values: bias });
    const sides = { ...FLOAT, transpose_a: { b: false }, transpose_b: { b: false } };
    const weighted = add('MatMul', `weighted${suffix}`, [input, kernelName], sides);
    return add('BiasAdd', suffix === '' ? 'logits' : `biased${suffix}`, [weighted, biasName]);
  };
  let row = addRow();
  for (const [i, layer] of (head.hidden ?? []).entries()) {
    const suffix = `_${i + 1}`;
    row = add(OPERATIONS[layer.activation], `hidden${suffix}`, [addDense(row, layer, suffix)]);
  }
  const logits = addDense(row, head, '');
  add('Softmax', 'probabilities', [logits]);
  return { nodes, constants };
}
