import type { ValueRange } from '../../domain/valueRange.ts';
import type { LiteGraph, LiteOperator, Quantisation } from './liteGraph.ts';
import type { OperatorName } from './operators.ts';
import { ofTensor, rangeQuantisation } from './quantisation.ts';

/** Operators whose output the specification wants in these steps, whatever the values. */
const FIXED: Readonly<Partial<Record<OperatorName, Quantisation>>> = {
  LOGISTIC: ofTensor(1 / 256, -128),
  SOFTMAX: ofTensor(1 / 256, -128),
  TANH: ofTensor(1 / 128, 0),
};

/** Operators that pass stored values on, so that their output is in the steps of their input. */
const PASSING: readonly OperatorName[] = [
  'AVERAGE_POOL_2D',
  'MAX_POOL_2D',
  'PAD',
  'REDUCE_MAX',
  'RESHAPE',
  'RESIZE_BILINEAR',
  'RESIZE_NEAREST_NEIGHBOR',
  'STRIDED_SLICE',
];

/** Operators that turn any steps into any others. */
const FREE: readonly OperatorName[] = [
  'ADD',
  'CONCATENATION',
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'ELU',
  'FULLY_CONNECTED',
  'GELU',
  'LEAKY_RELU',
  'MEAN',
  'MUL',
  'RELU',
  'RELU6',
];

/**
 * The steps in which each tensor would be stored as int8, for those that can be: the others have no
 * range, or come of an operator that has no int8 form.
 */
export function tensorQuantisations(
  graph: LiteGraph,
  ranges: ReadonlyMap<number, ValueRange>,
): ReadonlyMap<number, Quantisation> {
  const known = new Map(ranges);
  // What goes into a reshaping has the range of what comes out.
  for (const { name, inputs, output } of [...graph.operators].reverse()) {
    const [input = 0] = inputs;
    const range = known.get(output);
    if (name === 'RESHAPE' && range !== undefined && !known.has(input)) known.set(input, range);
  }
  const quantisations = new Map<number, Quantisation>();
  const quantise = (tensor: number) => {
    const range = known.get(tensor);
    if (range !== undefined) quantisations.set(tensor, rangeQuantisation(range));
  };
  quantise(graph.input);
  for (const operator of graph.operators) {
    const { name, inputs, output } = operator;
    const first = quantisations.get(inputs[0] ?? 0);
    const settled = FIXED[name] ?? (PASSING.includes(name) ? first : undefined);
    if (settled !== undefined && isInt8(graph, operator, quantisations)) {
      quantisations.set(output, settled);
    } else quantise(output);
  }
  return quantisations;
}

/** Whether the operator can run on int8: it has such a form, and all that goes into it is stored so. */
export function isInt8(
  { tensors }: LiteGraph,
  { name, inputs }: LiteOperator,
  quantisations: ReadonlyMap<number, Quantisation>,
): boolean {
  const hasForm = name in FIXED || PASSING.includes(name) || FREE.includes(name);
  const variable = inputs.filter((input) => tensors[input]?.values === null);
  return hasForm && variable.every((input) => quantisations.has(input));
}
