import type { Step } from '../../network/steps.ts';
import { addActivation } from './activations.ts';
import { cropImage, enlargeImage, padImage, poolGlobally, poolImage, reshape } from './images.ts';
import { addAffine, addConvolution, addDense } from './kernels.ts';
import type { LiteGraphWriter } from './liteGraph.ts';
import { concatenationOptions, plainOptions } from './options.ts';

/** Adds what one of `singleSteps` does; gives its output. `inputs` are tensors. */
export function addStep(
  graph: LiteGraphWriter,
  step: Exclude<Step, { kind: 'input' }>,
  inputs: readonly number[],
): number {
  const [x = 0] = inputs;
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
    case 'zero-padding2d': {
      const [top, bottom, left, right] = step.padding;
      return padImage(graph, x, { top, bottom, left, right });
    }
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
      return graph.add('ADD', inputs, broadcastShape(graph, inputs), plainOptions);
    case 'multiply':
      return graph.add('MUL', inputs, broadcastShape(graph, inputs), plainOptions);
    case 'concatenate':
      return concatenate(graph, inputs);
    case 'flatten':
      return reshape(graph, x, [sizeOf(graph.shapeOf(x))]);
    case 'reshape':
      return reshape(graph, x, wholeShape(step.targetShape, sizeOf(graph.shapeOf(x))));
  }
}

function broadcastShape(graph: LiteGraphWriter, inputs: readonly number[]): number[] {
  const shapes = inputs.map((input) => graph.shapeOf(input));
  return (shapes[0] ?? []).map((_, axis) => Math.max(...shapes.map((shape) => shape[axis] ?? 1)));
}

function concatenate(graph: LiteGraphWriter, inputs: readonly number[]): number {
  const shapes = inputs.map((input) => graph.shapeOf(input));
  const [first = []] = shapes;
  const numChannels = shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0);
  const options = concatenationOptions(first.length - 1);
  return graph.add('CONCATENATION', inputs, [...first.slice(0, -1), numChannels], options);
}

/** With the size that was left open. */
function wholeShape(target: readonly number[], numValues: number): number[] {
  const known = target.filter((size) => size !== -1);
  return target.map((size) => (size === -1 ? numValues / sizeOf(known) : size));
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
