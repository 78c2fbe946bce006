import type { TakeRun, WeightTensor } from './network.ts';

/**
 * A tensor whose values are made at each access, so that a converted copy is never kept. They are
 * `isFresh` unless they may be a view of something that stays.
 */
export function lazyTensor(
  shape: readonly number[],
  makeValues: () => Float32Array,
  isFresh = true,
): WeightTensor {
  return {
    shape,
    isFresh,
    get values() {
      return makeValues();
    },
  };
}

/**
 * Gives the memory of a fresh tensor's values back at once, where the browser can; any other's may be
 * shared. The collector may leave hundreds of megabytes lying for many seconds.
 */
export function freeValues({ isFresh }: WeightTensor, values: Float32Array): void {
  const buffer = values.buffer as { readonly transfer?: (byteLength: number) => unknown };
  if (isFresh === true) buffer.transfer?.(0);
}

type Refuse = (problem: string) => never;

const NOT_FINITE = 'has values that are not numbers';

/**
 * A tensor that is read from a file at each access, as a view of what stays. What it reads first is
 * looked through: NaN and infinity would spread to every answer, so they are found here, and `refuse`
 * names the tensor.
 */
export function checkedTensor(
  shape: readonly number[],
  read: () => Float32Array,
  refuse: Refuse,
): WeightTensor {
  let isChecked = false;
  const makeValues = () => {
    const values = read();
    if (!isChecked && !areFinite(values)) refuse(NOT_FINITE);
    isChecked = true;
    return values;
  };
  return lazyTensor(shape, makeValues, false);
}

/** The same for a file that is read run by run. */
export function tensorInRuns(
  shape: readonly number[],
  readRuns: (take: TakeRun) => void,
  refuse: Refuse,
): WeightTensor {
  let isChecked = false;
  const eachRun = (take: TakeRun) => {
    readRuns((values, start) => {
      if (!isChecked && !areFinite(values)) refuse(NOT_FINITE);
      take(values, start);
    });
    isChecked = true;
  };
  return {
    shape,
    isFresh: true,
    eachRun,
    get values() {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      eachRun((run, start) => values.set(run, start));
      return values;
    },
  };
}

/** Several times as fast as `every`, which matters with a hundred million values. */
function areFinite(values: Float32Array): boolean {
  let numFinite = 0;
  while (numFinite < values.length && Number.isFinite(values[numFinite])) numFinite++;
  return numFinite === values.length;
}

/** The same values in the same order under another shape. */
export function reshaped(tensor: WeightTensor, shape: readonly number[]): WeightTensor {
  const { isFresh = false, eachRun } = tensor;
  return {
    shape,
    isFresh,
    ...(eachRun && { eachRun }),
    get values() {
      return tensor.values;
    },
  };
}

/** The tensor with its axes in another order: axis `i` of the result is axis `order[i]` of the tensor. */
export function permuted(tensor: WeightTensor, order: readonly number[]): WeightTensor {
  const shape = order.map((axis) => tensor.shape[axis] ?? 1);
  const steps = stepsOf(tensor.shape);
  const sourceSteps = order.map((axis) => steps[axis] ?? 0);
  return lazyTensor(shape, () => {
    const { values } = tensor;
    const result = new Float32Array(values.length);
    copyPermuted(values, result, shape, sourceSteps);
    freeValues(tensor, values);
    return result;
  });
}

/** How far apart neighbours along each axis lie. */
function stepsOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

/** Fills `target` row by row; the innermost axis runs in a loop of its own. */
function copyPermuted(
  source: Float32Array,
  target: Float32Array,
  shape: readonly number[],
  sourceSteps: readonly number[],
): void {
  const last = shape.length - 1;
  const [rowLength = 1, rowStep = 1] = [shape[last], sourceSteps[last]];
  const index = shape.map(() => 0);
  for (let start = 0; start < target.length; start += rowLength) {
    let from = index.reduce((sum, at, axis) => sum + at * (sourceSteps[axis] ?? 0), 0);
    for (let i = start; i < start + rowLength; i++, from += rowStep) target[i] = source[from] ?? 0;
    for (let axis = last - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (shape[axis] ?? 1)) break;
      index[axis] = 0;
    }
  }
}
