import type { PixelRange } from '../domain/preprocessing.ts';

/** 8-bit pixels enter as x / 127.5 - 1. */
export const SIGNED_UNIT_RANGE: PixelRange = {
  channelOrder: 'rgb',
  scale: [1 / 127.5],
  offset: [-1],
};

/** Blue, green, red, each less its mean over ImageNet. */
export const BGR_MINUS_MEANS: PixelRange = {
  channelOrder: 'bgr',
  scale: [1],
  offset: [-103.939, -116.779, -123.68],
};
