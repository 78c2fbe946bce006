import { useCallback, useEffect, useRef, useState } from 'react';
import { GraftError } from '../../domain/errors.ts';
import {
  closeCamera,
  listCameras,
  mediaDevices,
  openCamera,
  type CameraDevice,
  type OpenCamera,
} from './openCamera.ts';

export type CameraState =
  | { readonly status: 'off' }
  | { readonly status: 'starting' }
  | ({ readonly status: 'live' } & OpenCamera)
  | { readonly status: 'failed'; readonly code: 'camera-denied' | 'camera-not-found' };

export interface Camera {
  readonly state: CameraState;
  /** Cameras of this machine; they have names once one has been allowed. */
  readonly devices: readonly CameraDevice[];
  /** Opens the camera with this id, or the one that was used last. Replaces an open one. */
  readonly start: (deviceId?: string) => void;
  readonly stop: () => void;
}

/** Shared by collecting and predicting, so that a camera is chosen once. */
const STORAGE_KEY = 'graft.camera';

/** A camera that stops when the component goes. Failures are a state, not exceptions. */
export function useCamera(): Camera {
  const [state, setState] = useState<CameraState>({ status: 'off' });
  const [devices, setDevices] = useState<readonly CameraDevice[]>([]);
  const openRef = useRef<OpenCamera | null>(null);
  // Counts starts and stops: an answer that comes after the next one is closed at once.
  const requestRef = useRef(0);

  const close = useCallback(() => {
    requestRef.current++;
    if (openRef.current !== null) closeCamera(openRef.current);
    openRef.current = null;
  }, []);

  const refreshDevices = useCallback(async () => {
    setDevices(await listCameras());
  }, []);

  const fail = useCallback(
    (code: 'camera-denied' | 'camera-not-found') => {
      close();
      setState({ status: 'failed', code });
    },
    [close],
  );

  const open = useCallback(
    async (deviceId: string | null) => {
      close();
      const request = requestRef.current;
      setState({ status: 'starting' });
      const opened = await openCamera(deviceId).catch(failureCode);
      if (request !== requestRef.current) {
        if (typeof opened !== 'string') closeCamera(opened);
      } else if (typeof opened === 'string') {
        fail(opened);
      } else {
        openRef.current = opened;
        // Only a pulled plug or the system ends a track by itself.
        opened.stream.getVideoTracks()[0]?.addEventListener(
          'ended',
          () => {
            fail('camera-not-found');
          },
          { once: true },
        );
        localStorage.setItem(STORAGE_KEY, opened.deviceId);
        setState({ status: 'live', ...opened });
        await refreshDevices();
      }
    },
    [close, fail, refreshDevices],
  );

  const start = useCallback(
    (deviceId?: string) => void open(deviceId ?? localStorage.getItem(STORAGE_KEY)),
    [open],
  );

  const stop = useCallback(() => {
    close();
    setState({ status: 'off' });
  }, [close]);

  useEffect(() => {
    const refresh = () => void refreshDevices();
    mediaDevices()?.addEventListener('devicechange', refresh);
    return () => {
      mediaDevices()?.removeEventListener('devicechange', refresh);
      close();
    };
  }, [close, refreshDevices]);

  return { state, devices, start, stop };
}

function failureCode(thrown: unknown): 'camera-denied' | 'camera-not-found' {
  const isDenied = thrown instanceof GraftError && thrown.code === 'camera-denied';
  return isDenied ? 'camera-denied' : 'camera-not-found';
}
