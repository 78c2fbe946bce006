import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { CameraPreview } from '../../ui/camera/CameraPreview.tsx';
import { frameToJpeg, grabFrame } from '../../ui/camera/frame.ts';
import { useCamera, type Camera } from '../../ui/camera/useCamera.ts';
import { Card } from '../../ui/Card.tsx';
import { CameraIcon, StopIcon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/messages.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { AddToClassMenu } from './AddToClassMenu.tsx';
import { LiveBars } from './LiveBars.tsx';
import { useLivePrediction } from './useLivePrediction.ts';
import styles from './WebcamCard.module.css';

/** What the model says to the camera's picture, moment by moment. The camera stops with the page. */
export function WebcamCard({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('predict');
  const addPicture = useAppState((state) => state.addPicture);
  const camera = useCamera();
  const { state } = camera;
  const video = useRef<HTMLVideoElement>(null);
  const prediction = useLivePrediction(
    video,
    state.status === 'live' ? state.stream : null,
    run.headId,
  );

  const addFrame = async (to: ClassLabelId) => {
    if (video.current === null) return;
    const frame = grabFrame(video.current);
    const picture = await frameToJpeg(frame);
    frame.close();
    await addPicture(picture, to, 'prediction');
  };
  return (
    <Card as="section" aria-labelledby="webcam">
      <h2 id="webcam">{t('webcam.title')}</h2>
      <div className={styles['columns']}>
        <div className={styles['picture']}>
          {state.status === 'live' ? (
            <CameraPreview camera={state} videoRef={video} label={t('webcam.preview')} />
          ) : (
            <CameraPlaceholder camera={camera} />
          )}
        </div>
        <div className={styles['answers']}>
          <LiveBars labels={run.classifier.labels} prediction={prediction} />
        </div>
      </div>
      {state.status === 'live' ? (
        <div className={styles['controls']}>
          <div className={styles['choice']}>
            <SelectField
              label={t('webcam.camera')}
              value={state.deviceId}
              options={camera.devices.map(({ id, name }, index) => ({
                value: id,
                label: name === '' ? t('webcam.unnamed', { number: index + 1 }) : name,
              }))}
              onChange={camera.start}
            />
          </div>
          <AddToClassMenu
            label={t('webcam.addFrame')}
            isWritten
            onChoose={(to) => void addFrame(to)}
          />
          <Button icon={<StopIcon />} onClick={camera.stop}>
            {t('webcam.stop')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function CameraPlaceholder({ camera: { state, start } }: { readonly camera: Camera }) {
  const { t } = useTranslation('predict');
  const messages = useMessages();
  return (
    <div className={styles['placeholder']}>
      {state.status === 'failed' ? <p role="alert">{messages.failure(state)}</p> : null}
      <Button
        variant="primary"
        icon={<CameraIcon />}
        disabled={state.status === 'starting'}
        onClick={() => {
          start();
        }}
      >
        {t('webcam.start')}
      </Button>
      <p className={styles['privacy']}>{t('webcam.privacy')}</p>
    </div>
  );
}
