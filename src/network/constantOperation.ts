import { lazyTensor } from './lazyTensor.ts';
import type { WeightTensor } from './network.ts';

/** `x * factor + term`, with one number for all channels or one for each. */
export interface Affine {
  readonly factor: WeightTensor | null;
  readonly term: WeightTensor | null;
}

/** A layer's output with a constant, `isRight` where that comes second; `null` where the layer divides it. */
export function affineOfConstant(
  operation: 'add' | 'multiply' | 'subtract' | 'divide',
  constant: WeightTensor,
  isRight: boolean,
): Affine | null {
  const changed = (change: (value: number) => number) =>
    lazyTensor(constant.shape, () => constant.values.map(change));
  switch (operation) {
    case 'add':
      return { factor: null, term: constant };
    case 'multiply':
      return { factor: constant, term: null };
    case 'subtract':
      if (isRight) return { factor: null, term: changed((value) => -value) };
      return { factor: lazyTensor([1], () => Float32Array.of(-1)), term: constant };
    case 'divide':
      return isRight ? { factor: changed((value) => 1 / value), term: null } : null;
  }
}
