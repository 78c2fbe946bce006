import type { View } from '../../domain/augmentation.ts';

type Colours = Pick<View, 'brightness' | 'contrast' | 'saturation' | 'hueDegrees'>;

/**
 * Brightness, contrast, saturation and hue of 8-bit RGB, in place and in this order. The first three
 * blend with black, with the average grey and with each pixel's own grey, rounded down to 8 bits after
 * each, as Pillow's `ImageEnhance` does.
 */
export function colourPixels(data: Uint8ClampedArray, colours: Colours): void {
  const { brightness, contrast, saturation, hueDegrees } = colours;
  if (brightness !== 1) blend(data, brightness, () => 0);
  if (contrast !== 1) {
    const average = averageGrey(data);
    blend(data, contrast, () => average);
  }
  if (saturation !== 1) blend(data, saturation, (pixel) => greyOf(data, pixel));
  if (hueDegrees !== 0) turnHues(data, hueDegrees);
}

/** Away from `other` for factors above 1, towards it below. */
function blend(data: Uint8ClampedArray, factor: number, other: (pixel: number) => number): void {
  for (let pixel = 0; pixel < data.length; pixel += 3) {
    const towards = other(pixel);
    for (let i = pixel; i < pixel + 3; i++) {
      data[i] = Math.floor(towards + factor * ((data[i] ?? 0) - towards));
    }
  }
}

/** ITU-R 601 luma in Pillow's fixed point. */
function greyOf(data: Uint8ClampedArray, pixel: number): number {
  const [red = 0, green = 0, blue = 0] = [data[pixel], data[pixel + 1], data[pixel + 2]];
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

function averageGrey(data: Uint8ClampedArray): number {
  let sum = 0;
  for (let pixel = 0; pixel < data.length; pixel += 3) sum += greyOf(data, pixel);
  return Math.floor((sum * 3) / data.length + 0.5);
}

/** Turns hues round the hexagon of HSV, with saturation and value kept. */
function turnHues(data: Uint8ClampedArray, degrees: number): void {
  for (let pixel = 0; pixel < data.length; pixel += 3) {
    const [red = 0, green = 0, blue = 0] = [data[pixel], data[pixel + 1], data[pixel + 2]];
    const value = Math.max(red, green, blue);
    const chroma = value - Math.min(red, green, blue);
    if (chroma === 0) continue;
    const hue = hueOf(red, green, blue, value, chroma) + degrees / 60;
    for (let c = 0; c < 3; c++) {
      // Full, rising, nothing or falling: a channel's course along the six sides of the hexagon.
      const side = (5 - 2 * c + hue + 12) % 6;
      data[pixel + c] = value - chroma * Math.max(0, Math.min(side, 4 - side, 1));
    }
  }
}

/** In sixths of a turn. */
function hueOf(red: number, green: number, blue: number, value: number, chroma: number): number {
  if (value === red) return (green - blue) / chroma;
  return value === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
}
