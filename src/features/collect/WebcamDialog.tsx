import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassLabel } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { CameraPreview } from '../../ui/camera/CameraPreview.tsx';
import { frameToJpeg, grabFrame } from '../../ui/camera/frame.ts';
import { useCamera } from '../../ui/camera/useCamera.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { BurstSettingsPanel } from './BurstSettingsPanel.tsx';
import { CameraSelect } from './CameraSelect.tsx';
import { CameraStage } from './CameraStage.tsx';
import { RecordButton } from './RecordButton.tsx';
import { loadBurstSettings, storeBurstSettings } from './storedBurstSettings.ts';
import { useBurst } from './useBurst.ts';
import { LiveAnswer } from './LiveAnswer.tsx';
import styles from './WebcamDialog.module.css';

interface WebcamDialogProps {
  readonly label: ClassLabel;
  readonly onClose: () => void;
}

/** Takes photos for a class. The camera is on as long as the dialog is open. */
export function WebcamDialog({ label, onClose }: WebcamDialogProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const camera = useCamera();
  const video = useRef<HTMLVideoElement>(null);
  const [settings, setSettings] = useState(loadBurstSettings);
  const { count, takePicture } = usePictures(label, video);
  const burst = useBurst(settings, takePicture);
  const { start } = camera;
  useEffect(() => {
    start();
  }, [start]);
  const isLive = camera.state.status === 'live';
  return (
    <Dialog title={t('camera.title', { name: label.name })} onClose={onClose} isWide>
      <div className={styles['columns']}>
        <div className={styles['main']}>
          <CameraStage state={camera.state} phase={burst.phase} onRetry={() => start()}>
            {camera.state.status === 'live' ? (
              <CameraPreview camera={camera.state} videoRef={video} label={t('camera.preview')} />
            ) : null}
          </CameraStage>
          <RecordButton
            isHandsFree={settings.isHandsFree}
            isDisabled={!isLive}
            burst={burst}
            onSingle={() => void takePicture()}
          />
          <p role="status" className={styles['status']}>
            {count === 0 ? null : t('camera.taken', { count, formatted: format.number(count) })}
          </p>
        </div>
        <div className={styles['side']}>
          <CameraSelect camera={camera} />
          <LiveAnswer
            video={video}
            stream={camera.state.status === 'live' ? camera.state.stream : null}
          />
          <BurstSettingsPanel
            settings={settings}
            onChange={(changed) => {
              storeBurstSettings(changed);
              setSettings(changed);
            }}
          />
          <p className={styles['note']}>{t('camera.mirrorNote')}</p>
        </div>
      </div>
    </Dialog>
  );
}

/** Takes pictures off the video into the class, and counts them. */
function usePictures(label: ClassLabel, video: RefObject<HTMLVideoElement | null>) {
  const addPicture = useAppState((state) => state.addPicture);
  const [count, setCount] = useState(0);
  const takePicture = useCallback(async () => {
    const element = video.current;
    // Before the first frame there is nothing to take.
    if (element === null || element.videoWidth === 0) return;
    const frame = grabFrame(element);
    const picture = await frameToJpeg(frame);
    frame.close();
    await addPicture(picture, label.id, 'webcam');
    setCount((taken) => taken + 1);
  }, [addPicture, label.id, video]);
  return { count, takePicture };
}
