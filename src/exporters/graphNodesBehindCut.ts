import type { CutPooling } from '../domain/cut.ts';
import type { HeadWeights } from '../domain/head.ts';

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

/** Pooling and softmax head as nodes, behind the node `cut`. Their names begin with `prefix`. */
export function nodesBehindCut(
  cut: string,
  pooling: CutPooling,
  { kernel, bias }: HeadWeights,
  prefix: string,
): NodesBehindCut {
  const named = (name: string) => `${prefix}/${name}`;
  const numClasses = bias.length;
  const activationSize = kernel.length / numClasses;
  const constants: GraphConstant[] = [
    { name: named('kernel'), shape: [activationSize, numClasses], values: kernel },
    { name: named('bias'), shape: [numClasses], values: bias },
  ];
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
  const logits = add('BiasAdd', 'logits', [
    add('MatMul', 'weighted', [addRow(), named('kernel')], {
      ...FLOAT,
      transpose_a: { b: false },
      transpose_b: { b: false },
    }),
    named('bias'),
  ]);
  add('Softmax', 'probabilities', [logits]);
  return { nodes, constants };
}
