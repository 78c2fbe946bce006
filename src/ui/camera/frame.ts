/**
 * The video's current picture as the camera sees it: upright, whole, not mirrored.
 * Collecting and predicting both take their pictures here, so a class is recognised
 * from the side that it was taught from. The caller closes or transfers the bitmap.
 */
export function grabFrame(video: HTMLVideoElement): ImageBitmap {
  // By way of a canvas: `createImageBitmap(video)` fails where Chromium has no GPU to hold the frame.
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  // Opaque: reading pixels of a picture that could be transparent takes as long as half the network.
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0);
  return canvas.transferToImageBitmap();
}

const JPEG_QUALITY = 0.92;

/** The frame as a photo file. Does not close it. */
export function frameToJpeg(frame: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(frame.width, frame.height);
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
}
