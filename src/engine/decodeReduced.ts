import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { decodeBudget, isTooLarge } from './decode.ts';
import { readImageHeader } from './imageHeader.ts';
import type { Picture, Placement } from './preprocess.ts';
import { readPixels, sizeOf } from './readPixels.ts';

/**
 * Decoding JPEG at a half, a quarter or an eighth of its size, straight from its cosine transform:
 * for photos of a phone's size several times as fast as decoding all of it and resampling that.
 */
const FACTORS = [8, 4, 2];

/**
 * Pixels that are left for each pixel of the input, at least. With 3 the activations of MobileNetV2
 * keep a cosine above 0.999 to those of the full decode; with 2 some do not.
 */
const MIN_PIXELS_PER_INPUT_PIXEL = 3;

/** Chromium's; not yet in the types of TypeScript. */
interface OrientedFrame extends VideoFrame {
  /** Degrees clockwise, then whether left and right change places: from the pixels to the upright photo. */
  readonly rotation: number;
  readonly flip: boolean;
}

/**
 * The pixels of a JPEG that is far larger than the input, upright, decoded smaller. `null` where
 * that is not worth it, this browser cannot do it, or the file is damaged: decode it in full then.
 */
export async function decodeReduced(
  bytes: Uint8Array<ArrayBuffer>,
  spec: PreprocessingSpec,
): Promise<Picture | null> {
  // Version 1 decoded every photo in full.
  if (spec.version === 1) return null;
  const header = readImageHeader(bytes);
  const size = header?.kind === 'jpg' ? header.size : null;
  if (size === null || isTooLarge(size) || !canReduce()) return null;
  const factor = reductionFactor(size, spec);
  if (factor === 1) return null;
  // A progressive JPEG keeps all its coefficients while it is decoded.
  return decodeBudget.run((size.width * size.height) / factor, async () => {
    const frame = await decodeFrame(bytes, reducedSize(size, factor));
    if (frame === null) return null;
    try {
      return readPixels(frame, spec, placementOf(frame, size, factor));
    } finally {
      frame.close();
    }
  });
}

/** How many pixels become one along each side: 1, 2, 4 or 8. */
export function reductionFactor(
  { width, height }: { readonly width: number; readonly height: number },
  { inputWidth, inputHeight }: Pick<PreprocessingSpec, 'inputWidth' | 'inputHeight'>,
): number {
  const perInputPixel = Math.min(width / inputWidth, height / inputHeight);
  return FACTORS.find((factor) => perInputPixel / factor >= MIN_PIXELS_PER_INPUT_PIXEL) ?? 1;
}

/** Without the frame's rotation a photo on its side could not be told from an upright one. */
function canReduce(): boolean {
  return 'ImageDecoder' in globalThis && 'rotation' in VideoFrame.prototype;
}

function reducedSize({ width, height }: { width: number; height: number }, factor: number) {
  return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
}

/** `null` for a damaged file, and where the browser decodes to another size than asked for. */
async function decodeFrame(
  data: Uint8Array<ArrayBuffer>,
  { width, height }: { width: number; height: number },
): Promise<OrientedFrame | null> {
  const options = { desiredWidth: width, desiredHeight: height };
  const decoder = new ImageDecoder({ data, type: 'image/jpeg', ...options });
  try {
    const { image } = await decoder.decode();
    const decoded = sizeOf(image);
    if (decoded.width === width && decoded.height === height) return image as OrientedFrame;
    image.close();
    return null;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

/** The last column and row may stand for fewer pixels than the others; turning brings them to the front. */
function placementOf(
  { rotation, flip }: OrientedFrame,
  size: { width: number; height: number },
  factor: number,
): Placement {
  const missing = (side: number) => Math.ceil(side / factor) - side / factor;
  const isRightFirst = (rotation === 90 || rotation === 180) !== flip;
  const isBottomFirst = rotation >= 180;
  return {
    ...size,
    factor,
    left: isRightFirst ? missing(size.width) : 0,
    top: isBottomFirst ? missing(size.height) : 0,
  };
}
