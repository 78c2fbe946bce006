import type { StepActivation } from '../../network/steps.ts';
import type { LiteGraphWriter } from './liteGraph.ts';
import { exactGeluOptions, leakyReluOptions, plainOptions, softmaxOptions } from './options.ts';

/** The two constants of self-normalising networks (Klambauer et al., 2017). */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** Adds an activation of a tensor; gives the tensor that comes out. */
export function addActivation(
  graph: LiteGraphWriter,
  x: number,
  activation: StepActivation,
): number {
  const shape = graph.shapeOf(x);
  switch (activation.kind) {
    case 'linear':
      return x;
    case 'relu':
      return graph.add('RELU', [x], shape);
    case 'relu6':
      return graph.add('RELU6', [x], shape);
    case 'elu':
      return graph.add('ELU', [x], shape);
    case 'sigmoid':
      return graph.add('LOGISTIC', [x], shape);
    case 'tanh':
      return graph.add('TANH', [x], shape);
    case 'softmax':
      return graph.add('SOFTMAX', [x], shape, softmaxOptions);
    case 'gelu':
      return graph.add('GELU', [x], shape, exactGeluOptions);
    case 'leaky-relu':
      return graph.add('LEAKY_RELU', [x], shape, leakyReluOptions(activation.alpha));
    case 'prelu':
      return graph.add('PRELU', [x, graph.weights(activation.alpha)], shape);
    case 'swish':
      return multiply(graph, x, graph.add('LOGISTIC', [x], shape));
    case 'selu':
      return addSelu(graph, x);
    case 'softplus':
      return addSoftplus(graph, x);
  }
}

/** scale · (alpha · elu(x) + (1 − alpha) · relu(x)), from operators that there are. */
function addSelu(graph: LiteGraphWriter, x: number): number {
  const shape = graph.shapeOf(x);
  const elu = graph.add('ELU', [x], shape);
  const relu = graph.add('RELU', [x], shape);
  return sum(
    graph,
    multiply(graph, elu, scalar(graph, SELU_SCALE * SELU_ALPHA)),
    multiply(graph, relu, scalar(graph, SELU_SCALE * (1 - SELU_ALPHA))),
  );
}

/** relu(x) + log(1 + exp(−|x|)), in which nothing overflows; −|x| is x − 2 · relu(x). */
function addSoftplus(graph: LiteGraphWriter, x: number): number {
  const shape = graph.shapeOf(x);
  const relu = graph.add('RELU', [x], shape);
  const negative = sum(graph, x, multiply(graph, relu, scalar(graph, -2)));
  const power = sum(graph, graph.add('EXP', [negative], shape), scalar(graph, 1));
  return sum(graph, relu, graph.add('LOG', [power], shape));
}

function scalar(graph: LiteGraphWriter, value: number): number {
  return graph.weights({ shape: [1], values: Float32Array.of(value) });
}

function sum(graph: LiteGraphWriter, first: number, second: number): number {
  return graph.add('ADD', [first, second], graph.shapeOf(first), plainOptions);
}

function multiply(graph: LiteGraphWriter, first: number, second: number): number {
  return graph.add('MUL', [first, second], graph.shapeOf(first), plainOptions);
}
