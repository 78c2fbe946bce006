import type { Padding2d } from '../../network/network.ts';
import type {
  AffineStep,
  ConvolutionStep,
  DenseStep,
  SidePadding,
  Step,
} from '../../network/steps.ts';
import { addActivation } from './activations.ts';
import type { GraphValue, GraphWriter } from './graphWriter.ts';
import { convolutionKernel, depthwiseKernel } from './kernels.ts';

/** Adds what a step of a folded network does; gives its output. */
export function addStep(
  graph: GraphWriter,
  step: Exclude<Step, { kind: 'input' }>,
  inputs: readonly GraphValue[],
): GraphValue {
  const [input = { name: '', layout: 'row' }] = inputs;
  const image = (name: string): GraphValue => ({ name, layout: 'image' });
  const same = (name: string): GraphValue => ({ ...input, name });
  const names = inputs.map(({ name }) => name);
  switch (step.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return addConvolution(graph, step, input);
    case 'dense':
      return addDense(graph, step, input);
    case 'affine':
      return addAffine(graph, step, input);
    case 'activation':
      return same(addActivation(graph, input, step.activation));
    case 'zero-padding2d': {
      const [top, bottom, left, right] = step.padding;
      const pads = graph.sizes([0, 0, top, left, 0, 0, bottom, right]);
      return image(graph.add('Pad', [input.name, pads]));
    }
    case 'cropping2d': {
      const [top, bottom, left, right] = step.cropping;
      const ends = [bottom, right].map((side) => (side === 0 ? Number.MAX_SAFE_INTEGER : -side));
      const bounds = [[top, left], ends, [2, 3]].map((each) => graph.sizes(each));
      return image(graph.add('Slice', [input.name, ...bounds]));
    }
    case 'upsampling2d':
      return image(addUpsampling(graph, step, input.name));
    case 'max-pooling2d':
    case 'average-pooling2d': {
      const operator = step.kind === 'max-pooling2d' ? 'MaxPool' : 'AveragePool';
      const { poolSize, strides, padding } = step;
      const attributes = { kernel_shape: poolSize, strides, ...paddingAttributes(padding) };
      return image(graph.add(operator, [input.name], attributes));
    }
    case 'global-average-pooling2d':
    case 'global-max-pooling2d': {
      const isAverage = step.kind === 'global-average-pooling2d';
      const pooled = graph.add(isAverage ? 'GlobalAveragePool' : 'GlobalMaxPool', names);
      if (step.keepDims) return image(pooled);
      return { name: graph.add('Flatten', [pooled]), layout: 'row' };
    }
    case 'add':
      return same(names.reduce((sum, name) => graph.add('Add', [sum, name])));
    case 'multiply':
      return same(names.reduce((product, name) => graph.add('Mul', [product, name])));
    case 'concatenate':
      return same(graph.add('Concat', names, { axis: input.layout === 'image' ? 1 : -1 }));
    case 'flatten':
      return addReshape(graph, input, [-1]);
    case 'reshape':
      return addReshape(graph, input, step.targetShape);
  }
}

function addConvolution(graph: GraphWriter, step: ConvolutionStep, input: GraphValue): GraphValue {
  const isDepthwise = step.kind === 'depthwise-conv2d';
  const kernel = isDepthwise ? depthwiseKernel(step.kernel) : convolutionKernel(step.kernel);
  const inputs = [input.name, graph.constant(kernel.values, kernel.shape)];
  if (step.bias !== null) inputs.push(graph.constant(step.bias.values, step.bias.shape));
  const name = graph.add('Conv', inputs, {
    strides: step.strides,
    dilations: step.dilations,
    group: isDepthwise ? (step.kernel.shape[2] ?? 1) : 1,
    ...paddingAttributes(step.padding),
  });
  const output: GraphValue = { name, layout: 'image' };
  return { ...output, name: addActivation(graph, output, step.activation) };
}

/** Over the channels, wherever they are. */
function addDense(graph: GraphWriter, step: DenseStep, input: GraphValue): GraphValue {
  const isImage = input.layout === 'image';
  const x = isImage ? graph.channelsLast(input.name) : input.name;
  let name = graph.add('MatMul', [x, graph.constant(step.kernel.values, step.kernel.shape)]);
  if (step.bias !== null) {
    name = graph.add('Add', [name, graph.constant(step.bias.values, step.bias.shape)]);
  }
  if (isImage) name = graph.channelsFirst(name);
  return { ...input, name: addActivation(graph, { ...input, name }, step.activation) };
}

function addAffine(
  graph: GraphWriter,
  { scale, shift, activation }: AffineStep,
  input: GraphValue,
): GraphValue {
  const shape = input.layout === 'image' ? [scale.length, 1, 1] : [scale.length];
  const scaled = graph.add('Mul', [input.name, graph.constant(scale, shape)]);
  const name = graph.add('Add', [scaled, graph.constant(shift, shape)]);
  return { ...input, name: addActivation(graph, { ...input, name }, activation) };
}

function addUpsampling(
  graph: GraphWriter,
  { size: [rows, columns], interpolation }: Extract<Step, { kind: 'upsampling2d' }>,
  x: string,
): string {
  const scales = graph.constant([1, 1, rows, columns], [4]);
  const attributes =
    interpolation === 'nearest'
      ? { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
      : { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
  // The second input, a region of interest, is left out by giving it no name.
  return graph.add('Resize', [x, '', scales], attributes);
}

/** In the order of the values with channels last. */
function addReshape(
  graph: GraphWriter,
  { name, layout }: GraphValue,
  targetShape: readonly number[],
): GraphValue {
  const isImage = targetShape.length === 3;
  const source = layout === 'image' ? graph.channelsLast(name) : name;
  // 0 keeps the size of the batch.
  const reshaped = graph.add('Reshape', [source, graph.sizes([0, ...targetShape])]);
  if (!isImage) return { name: reshaped, layout: 'row' };
  return { name: graph.channelsFirst(reshaped), layout: 'image' };
}

function paddingAttributes(padding: Padding2d | SidePadding) {
  if (padding === 'valid') return {};
  // The larger half goes below and to the right, as in TensorFlow.
  if (padding === 'same') return { auto_pad: 'SAME_UPPER' };
  return { pads: [padding.top, padding.left, padding.bottom, padding.right] };
}
