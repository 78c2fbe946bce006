import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { framedBox, wholePlacement, type Picture, type Placement } from './preprocess.ts';

/** What a photo needs after it was framed; larger ones get a canvas of their own. */
const MAX_KEPT_PIXELS = 1_000_000;

let kept: OffscreenCanvasRenderingContext2D | null = null;

/** The pixels that the framing takes of a bitmap or decoded frame on which the photo lies as `placement` says. */
export function readPixels(
  source: ImageBitmap | VideoFrame,
  spec: PreprocessingSpec,
  placement: Placement = wholePlacement(sizeOf(source)),
): Picture {
  const box = framedBox(placement, spec);
  const [left, top] = [Math.floor(box.left), Math.floor(box.top)];
  const width = Math.ceil(box.left + box.width) - left;
  const height = Math.ceil(box.top + box.height) - top;
  const context = contextOf(width, height);
  context.drawImage(source, -left, -top);
  return {
    rgba: context.getImageData(0, 0, width, height).data,
    width,
    height,
    placement: { ...placement, left: placement.left - left, top: placement.top - top },
  };
}

/** Of what would be drawn: upright. */
export function sizeOf(source: ImageBitmap | VideoFrame): { width: number; height: number } {
  return 'displayWidth' in source
    ? { width: source.displayWidth, height: source.displayHeight }
    : { width: source.width, height: source.height };
}

/** Empty from its corner to `width` and `height`. A new canvas takes longer than drawing on it. */
function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const keptWidth = Math.max(width, kept?.canvas.width ?? 0);
  const keptHeight = Math.max(height, kept?.canvas.height ?? 0);
  if (keptWidth * keptHeight > MAX_KEPT_PIXELS) return newContext(width, height);
  if (keptWidth !== kept?.canvas.width || keptHeight !== kept.canvas.height) {
    kept = newContext(keptWidth, keptHeight);
  }
  kept.clearRect(0, 0, width, height);
  return kept;
}

function newContext(width: number, height: number): OffscreenCanvasRenderingContext2D {
  // Kept in main memory: the pixels are read back at once.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser cannot draw off screen');
  return context;
}
