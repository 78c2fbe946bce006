import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import type { CameraState } from '../../ui/camera/useCamera.ts';
import { useMessages } from '../../ui/messages.ts';
import type { BurstPhase } from './burstSchedule.ts';
import styles from './CameraStage.module.css';

interface CameraStageProps {
  readonly state: CameraState;
  readonly phase: BurstPhase | null;
  readonly onRetry: () => void;
  /** The live picture. */
  readonly children: ReactNode;
}

/** The square of the picture that is kept in sight, with what stands in for it. */
export function CameraStage({ state, phase, onRetry, children }: CameraStageProps) {
  const { t } = useTranslation('collect');
  const messages = useMessages();
  return (
    <div className={styles['stage']} data-recording={phase?.kind === 'recording'}>
      {children}
      {phase?.kind === 'countdown' ? (
        <p role="status" className={styles['countdown']}>
          <span className="visually-hidden">
            {t('camera.countdown', { seconds: phase.secondsLeft })}
          </span>
          <span aria-hidden="true">{phase.secondsLeft}</span>
        </p>
      ) : null}
      {state.status === 'starting' ? (
        <p className={styles['message']}>{t('camera.starting')}</p>
      ) : null}
      {state.status === 'failed' ? (
        <div role="alert" className={styles['message']}>
          <p>{messages.failure({ code: state.code })}</p>
          <Button onClick={onRetry}>{t('camera.retry')}</Button>
        </div>
      ) : null}
    </div>
  );
}
