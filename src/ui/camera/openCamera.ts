import { GraftError } from '../../domain/errors.ts';

export interface CameraDevice {
  readonly id: string;
  /** As the system names it; empty until the user has allowed a camera once. */
  readonly name: string;
}

export interface OpenCamera {
  readonly stream: MediaStream;
  readonly deviceId: string;
  /** Show the preview as a mirror: every camera but one that looks away from the user. */
  readonly isMirrored: boolean;
}

/** Asks for room for a 224-pixel input and a sharp preview, and no more. */
const IDEAL_SIZE = { width: { ideal: 640 }, height: { ideal: 480 } };

/**
 * Opens a camera; `deviceId` is a wish, and another one opens where it is gone.
 * Errors: camera-denied, camera-not-found.
 */
export async function openCamera(deviceId: string | null): Promise<OpenCamera> {
  const stream = await requestStream({
    ...IDEAL_SIZE,
    ...(deviceId === null ? { facingMode: 'user' } : { deviceId: { ideal: deviceId } }),
  });
  const settings = stream.getVideoTracks()[0]?.getSettings() ?? {};
  return {
    stream,
    deviceId: settings.deviceId ?? '',
    isMirrored: settings.facingMode !== 'environment',
  };
}

/** Ends every track, which also puts out the camera's light. */
export function closeCamera({ stream }: OpenCamera): void {
  for (const track of stream.getTracks()) track.stop();
}

export async function listCameras(): Promise<CameraDevice[]> {
  const devices = await (mediaDevices()?.enumerateDevices() ?? []);
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

/** Missing outside of secure contexts, whatever the DOM types say. */
export function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}

async function requestStream(video: MediaTrackConstraints): Promise<MediaStream> {
  const devices = mediaDevices();
  if (devices === undefined) throw new GraftError('camera-not-found', 'No access to cameras here');
  try {
    return await devices.getUserMedia({ video });
  } catch (thrown) {
    throw cameraError(thrown);
  }
}

function cameraError(thrown: unknown): GraftError {
  const { name, message } = thrown as DOMException;
  const isDenied = name === 'NotAllowedError' || name === 'SecurityError';
  return new GraftError(isDenied ? 'camera-denied' : 'camera-not-found', message);
}
