import type { PixelRange } from '../../domain/preprocessing.ts';
import type { FlatLayer } from '../kerasGraph.ts';

/** A published graph, for files that hold its weights only. */
export interface Architecture {
  /** For display, such as `MobileNetV2 0.35`. */
  readonly name: string;
  /** Every layer after its inputs, the output last, with the exact shape of each tensor. */
  readonly layers: readonly FlatLayer[];
  /** What its weights were trained on. */
  readonly pixelRange: PixelRange;
}

/**
 * Where the files of a family come from. TensorFlow pads a strided window at the bottom and the right,
 * PyTorch on all sides; their batch norms add another epsilon.
 */
export type Origin = 'keras' | 'torch';

/** Keras calls this preprocessing `tf`. */
export const MINUS_ONE_TO_ONE: PixelRange = {
  channelOrder: 'rgb',
  scale: [1 / 127.5],
  offset: [-1],
};

/** Keras calls this preprocessing `caffe`. */
export const BGR_MINUS_MEANS: PixelRange = {
  channelOrder: 'bgr',
  scale: [1],
  offset: [-103.939, -116.779, -123.68],
};

/** What torchvision's weights were trained on: mean and standard deviation of ImageNet's pixels. */
export const IMAGENET_STANDARDISED: PixelRange = {
  channelOrder: 'rgb',
  scale: [0.229, 0.224, 0.225].map((deviation) => 1 / (255 * deviation)),
  offset: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225],
};
