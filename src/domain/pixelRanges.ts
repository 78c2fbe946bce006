import type { PixelRange } from './preprocessing.ts';

/** Of each channel, over ImageNet's pixels from 0 to 1. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** What published networks for colour pictures were trained on, in which they differ. */
export const PIXEL_RANGES = {
  unit: { channelOrder: 'rgb', scale: [1 / 255], offset: [0] },
  /** Keras calls it `tf`. */
  'signed-unit': { channelOrder: 'rgb', scale: [1 / 127.5], offset: [-1] },
  bytes: { channelOrder: 'rgb', scale: [1], offset: [0] },
  /** Keras calls it `caffe`. */
  'bgr-minus-means': {
    channelOrder: 'bgr',
    scale: [1],
    offset: [-103.939, -116.779, -123.68],
  },
  /** Keras calls it `torch`. */
  'imagenet-standardised': {
    channelOrder: 'rgb',
    scale: DEVIATION.map((deviation) => 1 / (255 * deviation)),
    offset: MEAN.map((mean, channel) => -mean / (DEVIATION[channel] ?? 1)),
  },
} as const satisfies Readonly<Record<string, PixelRange>>;

export type PixelRangeName = keyof typeof PIXEL_RANGES;
