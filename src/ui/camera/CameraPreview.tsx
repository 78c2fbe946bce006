import { useEffect, type RefObject } from 'react';
import type { OpenCamera } from './openCamera.ts';
import styles from './CameraPreview.module.css';

interface CameraPreviewProps {
  readonly camera: OpenCamera;
  /** For `grabFrame`. */
  readonly videoRef: RefObject<HTMLVideoElement | null>;
  readonly label: string;
}

/** What the camera sees, as a mirror; fills its box. */
export function CameraPreview({ camera, videoRef, label }: CameraPreviewProps) {
  const { stream, isMirrored } = camera;
  useEffect(() => {
    if (videoRef.current !== null) videoRef.current.srcObject = stream;
  }, [stream, videoRef]);
  return (
    <video
      ref={videoRef}
      className={`${styles['preview']} ${isMirrored ? styles['mirrored'] : ''}`}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
