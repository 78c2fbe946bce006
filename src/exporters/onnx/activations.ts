import type { ActivationKind } from '../../network/network.ts';
import type { StepActivation } from '../../network/steps.ts';
import type { GraphValue, GraphWriter } from './graphWriter.ts';
import { channelsFirstValues } from './kernels.ts';

/** Adds the activation of a value; gives the name of what comes out. */
export function addActivation(
  graph: GraphWriter,
  { name, layout }: GraphValue,
  activation: StepActivation,
): string {
  if (activation.kind === 'leaky-relu') {
    return graph.add('LeakyRelu', [name], { alpha: { real: activation.alpha } });
  }
  if (activation.kind === 'prelu') {
    const { shape, values } = activation.alpha;
    const slope =
      layout === 'row'
        ? graph.constant(values, shape)
        : graph.constant(...channelsFirstValues(values, shape));
    return graph.add('PRelu', [name, slope]);
  }
  return addFunction(graph, name, activation.kind, layout === 'image' ? 1 : -1);
}

function addFunction(
  graph: GraphWriter,
  x: string,
  kind: ActivationKind,
  channelAxis: number,
): string {
  const scalar = (value: number) => graph.constant([value], []);
  switch (kind) {
    case 'linear':
      return x;
    case 'relu':
      return graph.add('Relu', [x]);
    case 'relu6':
      return graph.add('Clip', [x, scalar(0), scalar(6)]);
    case 'elu':
      return graph.add('Elu', [x]);
    case 'selu':
      return graph.add('Selu', [x]);
    case 'sigmoid':
      return graph.add('Sigmoid', [x]);
    case 'tanh':
      return graph.add('Tanh', [x]);
    case 'softmax':
      return graph.add('Softmax', [x], { axis: channelAxis });
    case 'softplus':
      return graph.add('Softplus', [x]);
    case 'gelu': {
      const error = graph.add('Erf', [graph.add('Mul', [x, scalar(Math.SQRT1_2)])]);
      const half = graph.add('Mul', [x, scalar(0.5)]);
      return graph.add('Mul', [half, graph.add('Add', [error, scalar(1)])]);
    }
    case 'swish':
      return graph.add('Mul', [x, graph.add('Sigmoid', [x])]);
    case 'hard-sigmoid':
      return graph.add('HardSigmoid', [x], { alpha: { real: 1 / 6 }, beta: { real: 0.5 } });
    case 'hard-sigmoid-keras2':
      return graph.add('HardSigmoid', [x], { alpha: { real: 0.2 }, beta: { real: 0.5 } });
    case 'hard-swish':
      return graph.add('HardSwish', [x]);
  }
}
