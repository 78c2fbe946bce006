import * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../network/steps.ts';

/** Cuts borders off, or repeats or interpolates rows and columns. */
export function resize(
  x: tf.Tensor4D,
  step: Extract<Step, { kind: 'cropping2d' | 'upsampling2d' }>,
): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  if (step.kind === 'cropping2d') {
    const [top, bottom, left, right] = step.cropping;
    const size = [batch, height - top - bottom, width - left - right, channels];
    return tf.slice(x, [0, top, left, 0], size);
  }
  const [factorY, factorX] = step.size;
  const size: [number, number] = [height * factorY, width * factorX];
  return step.interpolation === 'nearest'
    ? tf.image.resizeNearestNeighbor(x, size)
    : tf.image.resizeBilinear(x, size, false, true);
}
