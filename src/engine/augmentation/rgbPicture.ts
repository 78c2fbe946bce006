/** 8-bit colour, [height, width, 3]. */
export interface RgbPicture {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}
