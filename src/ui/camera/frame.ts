/**
 * The video's current picture as the camera sees it: upright, whole, not mirrored.
 * Collecting and predicting both take their pictures here, so a class is recognised
 * from the side that it was taught from. The caller closes or transfers the bitmap.
 */
export function grabFrame(video: HTMLVideoElement): Promise<ImageBitmap> {
  return createImageBitmap(video);
}

const JPEG_QUALITY = 0.92;

/** The frame as a photo file. Does not close it. */
export function frameToJpeg(frame: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(frame.width, frame.height);
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
}
