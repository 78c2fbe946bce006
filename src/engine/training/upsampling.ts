import * as tf from '@tensorflow/tfjs-core';

/**
 * Pictures with every row and column repeated. Its gradient adds up what became of each value; TF.js's
 * own is wrong on plain JavaScript for all photos of a batch but the first.
 */
export function repeatPixels(
  x: tf.Tensor4D,
  [rows, columns]: readonly [number, number],
): tf.Tensor {
  const [, height, width] = x.shape;
  const repeat = tf.customGrad((...args) => ({
    value: tf.image.resizeNearestNeighbor(args[0] as tf.Tensor4D, [height * rows, width * columns]),
    gradFunc: (dy: tf.Tensor4D) => {
      const means = tf.avgPool(dy, [rows, columns], [rows, columns], 'valid');
      return tf.mul(means, rows * columns);
    },
  }));
  return repeat(x);
}
