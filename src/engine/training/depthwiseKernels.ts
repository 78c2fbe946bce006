import * as tf from '@tensorflow/tfjs-core';
import { columnSums } from './columnSums.ts';
import {
  convolutionGrid,
  convolveEach,
  pictureOf,
  tapsOf,
  valuesAtTap,
  withGaps,
  type ConvolutionAttributes,
  type Shape4D,
} from './pictureTaps.ts';

/**
 * Gradient by the filter [height, width, in, multiplier], from x [numPhotos, height, width, in] and dy
 * [numPhotos, height, width, in · multiplier]: per tap, what the windows have there times dy, added up over
 * the windows.
 */
export function depthwiseFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: Shape4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const [, , channels, multiplier] = filterShape;
  const grid = convolutionGrid(x.shape, filterShape, attributes);
  const errors = tf.reshape(dy, [-1, channels, multiplier]);
  const parts = tapsOf(grid).map((tap) =>
    tf.tidy(() => {
      const values = tf.reshape(valuesAtTap(x, tap, grid), [-1, channels, 1]);
      return columnSums(tf.reshape(tf.mul(values, errors), [-1, channels * multiplier]));
    }),
  );
  return tf.reshape(tf.stack(parts), filterShape);
}

/**
 * Gradient by the input [numPhotos, height, width, in], from dy and the filter: a convolution of dy, with
 * gaps for the strides, by the filter turned round.
 */
export function depthwiseInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  attributes: ConvolutionAttributes,
): tf.Tensor4D {
  const [height, width, channels, multiplier] = filter.shape;
  const grid = convolutionGrid(inputShape, filter.shape, attributes);
  const turned = tf.reverse(filter, [0, 1]);
  const around = [
    [height - 1, height - 1],
    [width - 1, width - 1],
  ] as const;
  // The outputs of one channel lie side by side. Splitting one would copy it.
  const columns = tf.reshape(dy, [-1, multiplier]);
  const errors = multiplier === 1 ? [columns] : tf.split(columns, multiplier, 1);
  const weights = tf.split(turned, multiplier, 3);
  const parts = errors.map((each, index) => {
    const picture = tf.reshape<tf.Rank.R4>(each, [inputShape[0], ...grid.count, channels]);
    const gapped = withGaps(picture, grid.strides);
    return convolveEach(gapped, weights[index] as tf.Tensor4D, [1, 1], around);
  });
  return pictureOf(tf.addN(parts), grid);
}
