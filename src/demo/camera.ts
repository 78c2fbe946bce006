const IDEAL_SIZE = { width: { ideal: 640 }, height: { ideal: 480 } };

/** Opens a camera, or the one that looks away from the user where none is named. Rejects where it cannot. */
export async function openCamera(
  video: HTMLVideoElement,
  deviceId: string,
  onEnded: () => void,
): Promise<MediaStream> {
  const choice =
    deviceId === '' ? { facingMode: 'environment' } : { deviceId: { exact: deviceId } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...IDEAL_SIZE, ...choice } });
  const track = stream.getVideoTracks()[0];
  track?.addEventListener('ended', onEnded);
  // Only the preview is a mirror: what is classified is as the camera sees it, as in training.
  video.classList.toggle('mirrored', track?.getSettings().facingMode !== 'environment');
  video.srcObject = stream;
  await video.play();
  return stream;
}

/** The cameras by name, which browsers tell once one has been allowed. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
}

/**
 * The current picture; `null` for the moment in which there is none. By way of a canvas:
 * `createImageBitmap(video)` fails where Chromium has no GPU to hold the frame.
 */
export function grabFrame(video: HTMLVideoElement): ImageBitmap | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const canvas = new OffscreenCanvas(videoWidth, videoHeight);
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0);
  return canvas.transferToImageBitmap();
}
