import * as tf from '@tensorflow/tfjs-core';
import {
  addedAtTap,
  convolutionGrid,
  emptyFrame,
  pictureOf,
  tapsOf,
  valuesAtTap,
  type ConvolutionAttributes,
  type Shape4D,
} from './pictureTaps.ts';

/**
 * Gradient by the filter [height, width, in, out], from x [numPhotos, height, width, in] and dy
 * [numPhotos, height, width, out]: per tap, one product of what the windows have there with dy.
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: Shape4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const [, , inSize, outSize] = filterShape;
  const grid = convolutionGrid(x.shape, filterShape, attributes);
  const errors = tf.reshape(dy, [-1, outSize]);
  const parts = tapsOf(grid).map((tap) =>
    tf.tidy(() => {
      const values = tf.reshape(valuesAtTap(x, tap, grid), [-1, inSize]);
      return tf.matMul(tf.transpose(values), errors);
    }),
  );
  return tf.reshape(tf.concat(parts, 0), filterShape);
}

/**
 * Gradient by the input [numPhotos, height, width, in], from dy and the filter: per tap, the product of
 * dy with the weights there, shifted to where the windows have that tap, and all of them added up.
 */
export function convolutionInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const [height, width, inSize, outSize] = filter.shape;
  const grid = convolutionGrid(inputShape, filter.shape, attributes);
  const errors = tf.reshape<tf.Rank.R2>(dy, [-1, outSize]);
  const transposed = tf.transpose(tf.reshape(filter, [height * width, inSize, outSize]), [0, 2, 1]);
  const weights = tf.unstack(transposed);
  const shape: Shape4D = [inputShape[0], ...grid.count, inSize];
  let frame = emptyFrame(inputShape, grid);
  for (const [index, tap] of tapsOf(grid).entries()) {
    const products = () => tf.matMul(errors, weights[index] as tf.Tensor2D);
    frame = addedAtTap(frame, () => tf.reshape<tf.Rank.R4>(products(), shape), tap, grid);
  }
  return pictureOf(frame, grid);
}
