import * as tf from '@tensorflow/tfjs-core';
import type { ValueRange } from '../domain/valueRange.ts';
import type { Step } from '../network/steps.ts';
import { bindSteps, constantsOf, forward } from './plannedSteps.ts';

/** Finds out between which values the output of each step lies. */
export interface RangeMeter {
  /** `batch` is [numPhotos, …inputShape]. Leaves no tensor behind. */
  readonly measure: (batch: Float32Array, numPhotos: number) => void;
  /** Over all that was measured, by step. */
  readonly ranges: () => readonly ValueRange[];
  /** Frees the constants. */
  readonly dispose: () => void;
}

/** On the active backend, one on the processor: every step's values are looked at. */
export function createRangeMeter(
  steps: readonly Step[],
  inputShape: readonly number[],
): RangeMeter {
  const bound = bindSteps(steps);
  const ranges: ValueRange[] = steps.map(() => ({ min: Infinity, max: -Infinity }));
  return {
    measure: (batch, numPhotos) => {
      tf.tidy(() => {
        const input = tf.tensor(batch, [numPhotos, ...inputShape], 'float32');
        const output = forward(bound, input, (values, position) => {
          ranges[position] = widened(ranges[position], values.dataSync<'float32'>());
        });
        output.dispose();
      });
    },
    ranges: () => ranges,
    dispose: () => {
      tf.dispose(constantsOf(bound));
    },
  };
}

function widened(range: ValueRange | undefined, values: Float32Array): ValueRange {
  let { min, max } = range ?? { min: Infinity, max: -Infinity };
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
