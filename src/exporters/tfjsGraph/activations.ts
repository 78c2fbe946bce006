import type { WeightTensor } from '../../network/network.ts';
import { isPerChannel, type StepActivation } from '../../network/steps.ts';
import type { GraphValue, TfjsGraphWriter } from './graphWriter.ts';

type Kind = StepActivation['kind'];

/** TensorFlow's names of what is one operation. */
const OPERATIONS: Readonly<Partial<Record<Kind, string>>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  selu: 'Selu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  softmax: 'Softmax',
  softplus: 'Softplus',
  'leaky-relu': 'LeakyRelu',
  prelu: 'Prelu',
};

/** Adds an activation as nodes of its own. */
export function addActivation(
  graph: TfjsGraphWriter,
  x: GraphValue,
  activation: StepActivation,
): GraphValue {
  const add = (op: string, ...inputs: string[]) => graph.add(op, inputs, x.shape).name;
  const same = (name: string): GraphValue => ({ ...x, name });
  switch (activation.kind) {
    case 'linear':
      return x;
    case 'gelu': {
      const error = add('Erf', add('Mul', x.name, graph.number(Math.SQRT1_2)));
      const half = add('Mul', x.name, graph.number(0.5));
      return same(add('Mul', half, add('AddV2', error, graph.number(1))));
    }
    case 'swish':
      return same(add('Mul', x.name, add('Sigmoid', x.name)));
    case 'prelu':
      return isPerChannel(activation.alpha)
        ? graph.add('Prelu', [x.name, graph.weights(activation.alpha)], x.shape)
        : addPositionPrelu(graph, x, activation.alpha);
    case 'leaky-relu':
      return graph.add('LeakyRelu', [x.name], x.shape, { alpha: { f: activation.alpha } });
    case 'relu':
    case 'relu6':
    case 'elu':
    case 'selu':
    case 'sigmoid':
    case 'tanh':
    case 'softmax':
    case 'softplus':
      return same(add(OPERATIONS[activation.kind] ?? '', x.name));
  }
}

/** With a slope for each position: TF.js's WASM kernel takes any slopes to be those of channels. */
function addPositionPrelu(
  graph: TfjsGraphWriter,
  { name, shape }: GraphValue,
  alpha: WeightTensor,
): GraphValue {
  const add = (op: string, ...inputs: string[]) => graph.add(op, inputs, shape);
  const below = add('Relu', add('Neg', name).name);
  const scaled = add('Mul', graph.weights(alpha), below.name);
  return add('Sub', add('Relu', name).name, scaled.name);
}

/** What TF.js' fused operations call an activation that `isFused` allows; `null` for none. */
export function fusedOperation({ kind }: StepActivation): string | null {
  return OPERATIONS[kind] ?? null;
}
