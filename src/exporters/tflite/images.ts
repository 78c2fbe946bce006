import type { SidePadding, Step } from '../../network/steps.ts';
import { windowedSize } from '../windowedSize.ts';
import type { LiteGraphWriter } from './liteGraph.ts';
import {
  halfPixelOptions,
  imageSliceOptions,
  poolOptions,
  reducerOptions,
  reshapeOptions,
} from './options.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Adds zeros around a picture. */
export function padImage(graph: LiteGraphWriter, x: number, padding: SidePadding): number {
  const { top, bottom, left, right } = padding;
  const [, height = 1, width = 1, channels = 1] = graph.shapeOf(x);
  const borders = graph.sizes([0, 0, top, bottom, left, right, 0, 0], [4, 2]);
  return graph.add('PAD', [x, borders], [1, height + top + bottom, width + left + right, channels]);
}

/** `shape` is without the batch, which stays open. */
export function reshape(graph: LiteGraphWriter, x: number, shape: readonly number[]): number {
  const target = [-1, ...shape];
  const numValues = graph.shapeOf(x).reduce((product, size) => product * size, 1);
  const batch = numValues / shape.reduce((product, size) => product * size, 1);
  return graph.add('RESHAPE', [x, graph.sizes(target)], [batch, ...shape], reshapeOptions(target));
}

export function cropImage(
  graph: LiteGraphWriter,
  { cropping: [top, bottom, left, right] }: StepOf<'cropping2d'>,
  x: number,
): number {
  const [, height = 1, width = 1, channels = 1] = graph.shapeOf(x);
  const [rows, columns] = [height - top - bottom, width - left - right];
  const bounds = [
    [0, top, left, 0],
    [1, height - bottom, width - right, channels],
    [1, 1, 1, 1],
  ];
  const inputs = [x, ...bounds.map((each) => graph.sizes(each))];
  return graph.add('STRIDED_SLICE', inputs, [1, rows, columns, channels], imageSliceOptions);
}

export function enlargeImage(
  graph: LiteGraphWriter,
  { size: [down, across], interpolation }: StepOf<'upsampling2d'>,
  x: number,
): number {
  const [, height = 1, width = 1, channels = 1] = graph.shapeOf(x);
  const [rows, columns] = [height * down, width * across];
  const inputs = [x, graph.sizes([rows, columns])];
  const shape = [1, rows, columns, channels];
  return interpolation === 'nearest'
    ? graph.add('RESIZE_NEAREST_NEIGHBOR', inputs, shape)
    : graph.add('RESIZE_BILINEAR', inputs, shape, halfPixelOptions);
}

export function poolImage(
  graph: LiteGraphWriter,
  step: StepOf<'max-pooling2d' | 'average-pooling2d'>,
  x: number,
): number {
  const { poolSize, strides, padding } = step;
  const [, height = 1, width = 1, channels = 1] = graph.shapeOf(x);
  const shape = [
    1,
    windowedSize(height, poolSize[0], strides[0], padding),
    windowedSize(width, poolSize[1], strides[1], padding),
    channels,
  ];
  const name = step.kind === 'max-pooling2d' ? 'MAX_POOL_2D' : 'AVERAGE_POOL_2D';
  return graph.add(name, [x], shape, poolOptions(step, poolSize));
}

export function poolGlobally(
  graph: LiteGraphWriter,
  { kind, keepDims }: StepOf<'global-average-pooling2d' | 'global-max-pooling2d'>,
  x: number,
): number {
  const channels = graph.shapeOf(x).at(-1) ?? 1;
  const name = kind === 'global-average-pooling2d' ? 'MEAN' : 'REDUCE_MAX';
  const shape = keepDims ? [1, 1, 1, channels] : [1, channels];
  return graph.add(name, [x, graph.sizes([1, 2])], shape, reducerOptions(keepDims));
}
