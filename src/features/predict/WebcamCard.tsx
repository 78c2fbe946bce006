import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useLiveHead } from '../../state/useLiveHead.ts';
import { Button } from '../../ui/Button.tsx';
import { CameraPreview } from '../../ui/camera/CameraPreview.tsx';
import { frameToJpeg, grabFrame } from '../../ui/camera/frame.ts';
import { LiveBars } from '../../ui/camera/LiveBars.tsx';
import { useCamera, type Camera } from '../../ui/camera/useCamera.ts';
import { useLivePrediction } from '../../ui/camera/useLivePrediction.ts';
import { Card } from '../../ui/Card.tsx';
import { CameraIcon, StopIcon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/messages.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { AddToClassMenu } from './AddToClassMenu.tsx';
import { FrameCost } from './FrameCost.tsx';
import { useAveragedFrames } from './useAveragedFrames.ts';
import styles from './WebcamCard.module.css';

/**
 * What the model says to the camera's picture, moment by moment: the run's, or the live one where
 * there is no run or photos were added after it. The camera stops with the page.
 */
export function WebcamCard({ run }: { readonly run: CompletedRun | null }) {
  const { t } = useTranslation('predict');
  const addPicture = useAppState((state) => state.addPicture);
  const camera = useCamera();
  const { state } = camera;
  const video = useRef<HTMLVideoElement>(null);
  const model = useModel(run);
  const stream = state.status === 'live' && model.isReady ? state.stream : null;
  const prediction = useLivePrediction(video, stream, model.predict);

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
      {model.isLive ? (
        <p className={styles['note']} role="status">
          <strong>{t('live.title')}</strong> {t(model.isReady ? 'live.note' : 'live.none')}
        </p>
      ) : null}
      <div className={styles['columns']}>
        <div className={styles['picture']}>
          {state.status === 'live' ? (
            <CameraPreview camera={state} videoRef={video} label={t('webcam.preview')} />
          ) : (
            <CameraPlaceholder camera={camera} />
          )}
        </div>
        <div className={styles['answers']}>
          <LiveBars labels={model.labels} prediction={prediction} />
          {model.frames === null ? null : <FrameCost frames={model.frames} />}
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
          {run === null ? null : (
            <div className={styles['choice']}>
              <SelectField
                label={t('live.source')}
                value={model.isLive ? 'live' : 'run'}
                options={(['run', 'live'] as const).map((value) => ({
                  value,
                  label: t(`live.${value}`),
                }))}
                onChange={(value) => {
                  model.choose(value === 'live');
                }}
              />
            </div>
          )}
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

/** Which model answers, and how. */
function useModel(run: CompletedRun | null) {
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const predictLiveFrame = useAppState((state) => state.predictLiveFrame);
  // Settled when the page is opened, so that the model does not change while it is looked at.
  const [isChosen, choose] = useState(() =>
    samples.some(({ addedAt }) => addedAt > (run?.startedAt ?? 0)),
  );
  const isLive = run === null || isChosen;
  const live = useLiveHead(isLive);
  const frames = useAveragedFrames(run?.headId ?? null);
  const liveLabels = live?.classifier.labels ?? project?.classLabels ?? [];
  return {
    isLive,
    isReady: !isLive || live !== null,
    labels: isLive ? liveLabels : run.classifier.labels,
    predict: isLive ? predictLiveFrame : frames.predict,
    /** `null` for the live model, which answers on the frame as it is. */
    frames: isLive ? null : frames,
    choose,
  };
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
