import type { Step } from '../../network/steps.ts';
import { windowedSize } from '../windowedSize.ts';
import { imageSizes, textAttribute, typeAttribute } from './graphNode.ts';
import type { GraphValue, TfjsGraphWriter } from './graphWriter.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

const AXES = { Tidx: typeAttribute('DT_INT32') };

export function padImage(
  graph: TfjsGraphWriter,
  { padding: [top, bottom, left, right] }: StepOf<'zero-padding2d'>,
  { name, shape: [height = 1, width = 1, channels = 1] }: GraphValue,
): GraphValue {
  const borders = graph.sizes([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  const shape = [height + top + bottom, width + left + right, channels];
  return graph.add('Pad', [name, borders], shape, { Tpaddings: typeAttribute('DT_INT32') });
}

export function cropImage(
  graph: TfjsGraphWriter,
  { cropping: [top, bottom, left, right] }: StepOf<'cropping2d'>,
  { name, shape: [height = 1, width = 1, channels = 1] }: GraphValue,
): GraphValue {
  const shape = [height - top - bottom, width - left - right, channels];
  const bounds = [graph.sizes([0, top, left, 0]), graph.sizes([-1, ...shape])];
  return graph.add('Slice', [name, ...bounds], shape, { Index: typeAttribute('DT_INT32') });
}

export function enlargeImage(
  graph: TfjsGraphWriter,
  { size: [down, across], interpolation }: StepOf<'upsampling2d'>,
  { name, shape: [height = 1, width = 1, channels = 1] }: GraphValue,
): GraphValue {
  const sides = [height * down, width * across];
  const isNearest = interpolation === 'nearest';
  return graph.add(
    isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear',
    [name, graph.sizes(sides)],
    [...sides, channels],
    { align_corners: { b: false }, half_pixel_centers: { b: !isNearest } },
  );
}

export function poolImage(
  graph: TfjsGraphWriter,
  { kind, poolSize, strides, padding }: StepOf<'max-pooling2d' | 'average-pooling2d'>,
  { name, shape: [height = 1, width = 1, channels = 1] }: GraphValue,
): GraphValue {
  const shape = [
    windowedSize(height, poolSize[0], strides[0], padding),
    windowedSize(width, poolSize[1], strides[1], padding),
    channels,
  ];
  return graph.add(kind === 'max-pooling2d' ? 'MaxPool' : 'AvgPool', [name], shape, {
    ksize: imageSizes(poolSize),
    strides: imageSizes(strides),
    padding: textAttribute(padding.toUpperCase()),
    data_format: textAttribute('NHWC'),
  });
}

export function poolGlobally(
  graph: TfjsGraphWriter,
  { kind, keepDims }: StepOf<'global-average-pooling2d' | 'global-max-pooling2d'>,
  { name, shape }: GraphValue,
): GraphValue {
  const channels = shape.at(-1) ?? 1;
  const operation = kind === 'global-average-pooling2d' ? 'Mean' : 'Max';
  const pooled = keepDims ? [1, 1, channels] : [channels];
  const attr = { ...AXES, keep_dims: { b: keepDims } };
  return graph.add(operation, [name, graph.sizes([1, 2])], pooled, attr);
}

/** Along the last axis. */
export function concatenate(graph: TfjsGraphWriter, values: readonly GraphValue[]): GraphValue {
  const [first] = values;
  const rank = first?.shape.length ?? 0;
  const numChannels = values.reduce((sum, { shape }) => sum + (shape.at(-1) ?? 0), 0);
  const shape = [...(first?.shape.slice(0, -1) ?? []), numChannels];
  const inputs = [...values.map(({ name }) => name), graph.sizes([rank], [])];
  return graph.add('ConcatV2', inputs, shape, { ...AXES, N: { i: String(values.length) } });
}

/** The batch stays open, and one size of the target may be. */
export function reshape(
  graph: TfjsGraphWriter,
  { name, shape }: GraphValue,
  target: readonly number[],
): GraphValue {
  const known = sizeOf(target.filter((size) => size !== -1));
  const whole = target.map((size) => (size === -1 ? sizeOf(shape) / known : size));
  const inputs = [name, graph.sizes([-1, ...whole])];
  return graph.add('Reshape', inputs, whole, { Tshape: typeAttribute('DT_INT32') });
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
