import * as tf from '@tensorflow/tfjs-core';

export type Shape4D = [number, number, number, number];

/** Of rows and of columns. Pictures are [numPhotos, height, width, channels]. */
type Pair = readonly [number, number];

/** Settings of a convolution as TF.js hands them to the kernels of its gradients. */
export type ConvolutionAttributes = Pick<
  tf.Conv2DBackpropFilterAttrs,
  'strides' | 'pad' | 'dimRoundingMode'
>;

/** Where the windows of a convolution or pooling lie. A tap is a place in the window. */
export interface WindowGrid {
  readonly windowSize: Pair;
  readonly strides: Pair;
  /** Windows from top to bottom and from left to right. */
  readonly count: Pair;
  /** Size of the picture that they move over. */
  readonly pictureSize: Pair;
  /** Rows of zeros above and below the picture. */
  readonly rowPadding: Pair;
  /** Columns of zeros to its left and right. */
  readonly columnPadding: Pair;
}

/** For pictures of `inputShape` and a filter [height, width, in, out]. */
export function convolutionGrid(
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, pad, dimRoundingMode }: ConvolutionAttributes,
): WindowGrid {
  const { computeConv2DInfo } = tf.backend_util;
  // Whether it is depthwise changes nothing about where the windows lie.
  return gridOf(computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, true));
}

export function poolingGrid(
  inputShape: Shape4D,
  { filterSize, strides, pad, dimRoundingMode }: tf.MaxPoolGradAttrs,
): WindowGrid {
  const { computePool2DInfo } = tf.backend_util;
  return gridOf(computePool2DInfo(inputShape, filterSize, strides, 1, pad, dimRoundingMode));
}

function gridOf(info: tf.backend_util.Conv2DInfo): WindowGrid {
  const { top, bottom, left, right } = info.padInfo;
  return {
    windowSize: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    count: [info.outHeight, info.outWidth],
    pictureSize: [info.inHeight, info.inWidth],
    rowPadding: [top, bottom],
    columnPadding: [left, right],
  };
}

/** Row by row. */
export function tapsOf({ windowSize: [height, width] }: WindowGrid): Pair[] {
  return Array.from({ length: height * width }, (_, tap) => [Math.floor(tap / width), tap % width]);
}

/**
 * What each window has at a tap: [numPhotos, ...count, channels], zero where that is outside of the
 * picture. As a convolution by a window of zeros and a single 1: TF.js's slices on WASM copy all of the
 * picture first.
 */
export function valuesAtTap(picture: tf.Tensor4D, [y, x]: Pair, grid: WindowGrid): tf.Tensor4D {
  const [height, width] = grid.windowSize;
  const isPointwise = height * width * grid.strides[0] * grid.strides[1] === 1;
  if (isPointwise && Math.max(...grid.rowPadding, ...grid.columnPadding) === 0) return picture;
  const pick = tf.pad(tf.ones<tf.Rank.R4>([1, 1, picture.shape[3], 1]), [
    [y, height - 1 - y],
    [x, width - 1 - x],
    [0, 0],
    [0, 0],
  ]);
  return convolveEach(picture, pick, grid.strides, [grid.rowPadding, grid.columnPadding]);
}

/** A depthwise convolution with these zeros around. */
export function convolveEach(
  picture: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: Pair,
  [rows, columns]: readonly [Pair, Pair],
): tf.Tensor4D {
  const padding = [[0, 0], [...rows], [...columns], [0, 0]] as tf.backend_util.ExplicitPadding;
  // Its type leaves explicit padding out, yet every backend's kernel takes it.
  return tf.depthwiseConv2d(picture, filter, [...strides], padding);
}

/**
 * Zeros that the gradient of a picture of `inputShape` is gathered in. They are of whole strides and have
 * room for every tap of every window; `pictureOf` finds the picture in them.
 */
export function emptyFrame([numPhotos, , , channels]: Shape4D, grid: WindowGrid): tf.Tensor4D {
  const { count, strides, windowSize } = grid;
  const height = count[0] * strides[0] + windowSize[0] - 1;
  const width = count[1] * strides[1] + windowSize[1] - 1;
  return tf.zeros([numPhotos, height, width, channels]);
}

/** The opposite of `valuesAtTap`: adds one value per window to a frame, which is freed. */
export function addedAtTap(
  frame: tf.Tensor4D,
  values: () => tf.Tensor4D,
  [y, x]: Pair,
  grid: WindowGrid,
): tf.Tensor4D {
  const [height, width] = grid.windowSize;
  const sum = tf.tidy(() => {
    const placed = tf.pad(withGaps(values(), grid.strides), [
      [0, 0],
      [y, height - 1 - y],
      [x, width - 1 - x],
      [0, 0],
    ]);
    return tf.add<tf.Tensor4D>(frame, placed);
  });
  frame.dispose();
  return sum;
}

/** The picture within a frame, which is never smaller. */
export function pictureOf(frame: tf.Tensor4D, grid: WindowGrid): tf.Tensor4D {
  const [numPhotos, height, width, channels] = frame.shape;
  const [pictureHeight, pictureWidth] = grid.pictureSize;
  if (height === pictureHeight && width === pictureWidth) return frame;
  const start = [0, grid.rowPadding[0], grid.columnPadding[0], 0];
  return tf.slice(frame, start, [numPhotos, pictureHeight, pictureWidth, channels]);
}

/** Each row and column followed by zeros up to the stride. */
export function withGaps(picture: tf.Tensor4D, [strideY, strideX]: Pair): tf.Tensor4D {
  const [numPhotos, height, width, channels] = picture.shape;
  const columns = withZeros(picture, [numPhotos * height * width, 1, channels], strideX);
  const rows = withZeros(columns, [numPhotos * height, 1, width * strideX * channels], strideY);
  return tf.reshape(rows, [numPhotos, height * strideY, width * strideX, channels]);
}

function withZeros(x: tf.Tensor, shape: [number, number, number], stride: number): tf.Tensor {
  if (stride === 1) return x;
  return tf.pad(tf.reshape(x, shape), [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
}
