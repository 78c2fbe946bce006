import * as tf from '@tensorflow/tfjs-core';
import {
  addedAtTap,
  emptyFrame,
  pictureOf,
  poolingGrid,
  tapsOf,
  valuesAtTap,
} from './pictureTaps.ts';

/**
 * Gradient of a max pooling with input x and output y: each value of dy goes to the first tap of its window
 * that has the largest value, as in TensorFlow.
 */
export function maxPoolingGradient(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  y: tf.Tensor4D,
  attributes: tf.MaxPoolGradAttrs,
): tf.Tensor4D {
  const grid = poolingGrid(x.shape, attributes);
  const inside = tf.ones<tf.Rank.R4>([1, ...grid.pictureSize, 1]);
  let frame = emptyFrame(x.shape, grid);
  let unplaced = tf.clone(dy);
  for (const tap of tapsOf(grid)) {
    const placed = tf.tidy(() => {
      const isLargest = tf.cast(tf.equal(valuesAtTap(x, tap, grid), y), 'float32');
      // The zeros around the picture take nothing.
      return tf.mul<tf.Tensor4D>(unplaced, tf.mul(isLargest, valuesAtTap(inside, tap, grid)));
    });
    const before = unplaced;
    unplaced = tf.sub(before, placed);
    frame = addedAtTap(frame, () => placed, tap, grid);
    tf.dispose([before, placed]);
  }
  return pictureOf(frame, grid);
}
