import { flag, integers } from './graphAttributes.ts';
import type { LiteCall } from './liteCall.ts';

/** Operators that give other sizes, and those by which programs ask for sizes. */

/** Mean or largest value over the axes that the second input names. */
export function readMean(op: string) {
  return (call: LiteCall): string =>
    call.add(op, [call.source(0), call.constant('axes', call.sizes(1))], {
      keep_dims: flag(call.optionFlag(0)),
    });
}

export function readPadding(call: LiteCall): string {
  const inputs = [call.source(0), call.constant('borders', call.sizes(1))];
  if (!call.has(2)) return call.add('Pad', inputs);
  return call.add('PadV2', [...inputs, call.constant('value', call.sizes(2))]);
}

/** To a multiple of the size, the nearest value is the same wherever in its pixel it is taken to lie. */
export function readResize(op: string, firstField: number) {
  return (call: LiteCall): string =>
    call.add(op, [call.source(0), call.constant('size', call.sizes(1))], {
      align_corners: flag(call.optionFlag(firstField)),
      half_pixel_centers: flag(op === 'ResizeBilinear' && call.optionFlag(firstField + 1)),
    });
}

/** Its fused activation is the second of its settings. */
export function readConcatenation(call: LiteCall): string {
  const parts = Array.from({ length: call.numInputs }, (_, i) => call.source(i));
  return call.add('ConcatV2', [...parts, call.constant('axis', [call.option(0, 'int32')])]);
}

export function readSqueeze(call: LiteCall): string {
  return call.add('Squeeze', [call.source(0)], { squeeze_dims: integers(...call.optionList(0)) });
}

/** To sizes that are constant, among its settings, or put together from those of the input. */
export function readReshape(call: LiteCall): string {
  const source = call.source(0);
  if (call.has(1) && typeof call.value(1) === 'string') {
    return call.add('Reshape', [source, call.source(1)]);
  }
  const sizes = call.has(1) ? call.sizes(1) : call.optionList(0);
  // A layer works on every row by itself: that rows count as photos in between changes nothing.
  return areRowsAsBatch(call.shape(0), call.outputShape)
    ? source
    : call.add('Reshape', [source, call.constant('sizes', sizes)]);
}

function areRowsAsBatch(before: readonly number[], after: readonly number[]): boolean {
  const isOnePhoto = before[0] === 1 && before.length > 2;
  return isOnePhoto && after.length === 2 && after[0] !== 1 && after[1] === before.at(-1);
}

/** Sizes of an input, which only serve to make the sizes of another, or a part of a picture. */
export function readStridedSlice(call: LiteCall): string {
  const source = call.source(0);
  if (call.graph.node(source)?.op === 'Shape') return call.add('StridedSlice', [source]);
  const [begin, end, strides] = [call.sizes(1), call.sizes(2), call.sizes(3)];
  const [beginMask, endMask, ...otherMasks] = [0, 1, 2, 3, 4].map((field) =>
    call.option(field, 'int32'),
  );
  if (strides.some((stride) => stride !== 1) || otherMasks.some((mask) => mask !== 0)) {
    return call.refuse('takes something else than a part of the picture');
  }
  const isIn = (mask = 0, axis: number) => (mask & (1 << axis)) !== 0;
  const shape = call.shape(0);
  const starts = shape.map((size, axis) =>
    isIn(beginMask, axis) ? 0 : fromStart(begin[axis] ?? 0, size),
  );
  const ends = shape.map((size, axis) =>
    isIn(endMask, axis) ? size : fromStart(end[axis] ?? 0, size),
  );
  return addSlice(
    call,
    starts,
    ends.map((last, axis) => last - (starts[axis] ?? 0)),
  );
}

export function readSlice(call: LiteCall): string {
  return addSlice(call, call.sizes(1), call.sizes(2));
}

export function readPack(call: LiteCall): string {
  return call.add(
    'Pack',
    Array.from({ length: call.numInputs }, (_, i) => call.source(i)),
  );
}

function fromStart(place: number, size: number): number {
  return Math.min(place < 0 ? place + size : place, size);
}

/** The one photo that the file states is every photo. */
function addSlice(call: LiteCall, begin: readonly number[], sizes: readonly number[]): string {
  const [numPhotos] = call.shape(0);
  const taken = [sizes[0] === numPhotos ? -1 : (sizes[0] ?? 0), ...sizes.slice(1)];
  const inputs = [call.source(0), call.constant('begin', begin), call.constant('size', taken)];
  return call.add('Slice', inputs);
}
