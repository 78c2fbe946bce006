import { foldNetwork } from '../../network/fold.ts';
import type { Network } from '../../network/network.ts';
import type { Step } from '../../network/steps.ts';
import { addActivation } from './activations.ts';
import type { GraphValue, TfjsGraphWriter } from './graphWriter.ts';
import {
  concatenate,
  cropImage,
  enlargeImage,
  padImage,
  poolGlobally,
  poolImage,
  reshape,
} from './images.ts';
import { addAffine, addConvolution, addDense } from './kernels.ts';

/** Adds the folded network behind a value of the graph, which takes the place of its input; gives its output. */
export function addNetwork(
  graph: TfjsGraphWriter,
  network: Network,
  input: GraphValue,
): GraphValue {
  const values: GraphValue[] = [];
  for (const step of foldNetwork(network)) {
    const inputs = step.inputs.map((position) => values[position] ?? input);
    values.push(step.kind === 'input' ? input : addStep(graph, step, inputs));
  }
  return values.at(-1) ?? input;
}

function addStep(
  graph: TfjsGraphWriter,
  step: Exclude<Step, { kind: 'input' }>,
  inputs: readonly GraphValue[],
): GraphValue {
  const [x = { name: '', shape: [] }] = inputs;
  switch (step.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return addConvolution(graph, step, x);
    case 'dense':
      return addDense(graph, step, x);
    case 'affine':
      return addAffine(graph, step, x);
    case 'activation':
      return addActivation(graph, x, step.activation);
    case 'zero-padding2d':
      return padImage(graph, step, x);
    case 'cropping2d':
      return cropImage(graph, step, x);
    case 'upsampling2d':
      return enlargeImage(graph, step, x);
    case 'max-pooling2d':
    case 'average-pooling2d':
      return poolImage(graph, step, x);
    case 'global-average-pooling2d':
    case 'global-max-pooling2d':
      return poolGlobally(graph, step, x);
    case 'add':
      return join(graph, 'AddV2', inputs);
    case 'multiply':
      return join(graph, 'Mul', inputs);
    case 'concatenate':
      return concatenate(graph, inputs);
    case 'flatten':
      return reshape(graph, x, [-1]);
    case 'reshape':
      return reshape(graph, x, step.targetShape);
  }
}

/** Two at a time; a size of 1 is repeated. */
function join(graph: TfjsGraphWriter, op: string, inputs: readonly GraphValue[]): GraphValue {
  return inputs.reduce((joined, other) => {
    const shape = joined.shape.map((size, axis) => Math.max(size, other.shape[axis] ?? 1));
    return graph.add(op, [joined.name, other.name], shape);
  });
}
