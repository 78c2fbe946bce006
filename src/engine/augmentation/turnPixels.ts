import type { View } from '../../domain/augmentation.ts';
import type { RgbPicture } from './rgbPicture.ts';

type Turn = Pick<View, 'isFlippedAcross' | 'isFlippedDown' | 'rotationDegrees'>;

/**
 * Flipped, then rotated clockwise about the centre, with bilinear interpolation; what comes in from
 * outside is the picture mirrored at its outermost pixels. A turn that changes nothing gives the picture.
 */
export function turnPixels(picture: RgbPicture, turn: Turn): RgbPicture {
  const { isFlippedAcross, isFlippedDown, rotationDegrees } = turn;
  if (!isFlippedAcross && !isFlippedDown && rotationDegrees === 0) return picture;
  const { width, height } = picture;
  const data = new Uint8ClampedArray(width * height * 3);
  const angle = (rotationDegrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const [across, down] = [isFlippedAcross ? -1 : 1, isFlippedDown ? -1 : 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Backwards: from a pixel of the result to where it comes from.
      const [dx, dy] = [x - centreX, y - centreY];
      const fromX = centreX + across * (cosine * dx + sine * dy);
      const fromY = centreY + down * (cosine * dy - sine * dx);
      interpolate(picture, fromX, fromY, data, (y * width + x) * 3);
    }
  }
  return { data, width, height };
}

function interpolate(
  { data, width, height }: RgbPicture,
  x: number,
  y: number,
  target: Uint8ClampedArray,
  position: number,
): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [shareX, shareY] = [x - left, y - top];
  const [x0, x1] = [mirrored(left, width), mirrored(left + 1, width)];
  const [y0, y1] = [mirrored(top, height) * width, mirrored(top + 1, height) * width];
  for (let c = 0; c < 3; c++) {
    const at = (pixel: number) => data[pixel * 3 + c] ?? 0;
    const upper = at(y0 + x0) * (1 - shareX) + at(y0 + x1) * shareX;
    const lower = at(y1 + x0) * (1 - shareX) + at(y1 + x1) * shareX;
    target[position + c] = upper * (1 - shareY) + lower * shareY;
  }
}

/** The pixel that is seen at `index` where a line of pixels is continued by its mirror image, ends once. */
export function mirrored(index: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const within = ((index % period) + period) % period;
  return within < size ? within : period - within;
}
