import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import { isSameSubject, transferPhotosKey } from '../../state/transferPhotosKey.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { FailureNotice } from '../../ui/FailureNotice.tsx';
import { TransferCurve } from './TransferCurve.tsx';
import { TransferRanking } from './TransferRanking.tsx';
import styles from './TransferSection.module.css';
import { TransferSweep } from './TransferSweep.tsx';
import { TransferVerdict } from './TransferVerdict.tsx';

/** Whether the base in use, up to its cut, helps on the project's photos: measured before training. */
export function TransferSection({ project }: { readonly project: Project }) {
  const { t } = useTranslation('base');
  const samples = useAppState((state) => state.samples);
  const checks = useAppState((state) => state.transferChecks);
  const status = useAppState((state) => state.transfer.status);
  const checkTransfer = useAppState((state) => state.checkTransfer);
  const curves = useAppState((state) => state.learningCurves);
  const measureCurve = useAppState((state) => state.measureCurve);
  const photosKey = useMemo(() => transferPhotosKey(project, samples), [project, samples]);
  const comparable = checks.filter((check) => check.photosKey === photosKey);
  const current = comparable.find((check) => isSameSubject(check, project));
  const curve = curves.find(
    (each) => each.photosKey === photosKey && isSameSubject(each, project),
  )?.curve;
  const sweeps = useAppState((state) => state.cutSweeps);
  const sweepCuts = useAppState((state) => state.sweepCuts);
  const setCut = useAppState((state) => state.setCut);
  const isTraining = useAppState(
    ({ training }) => training.status !== 'idle' && training.status !== 'failed',
  );
  const sweep = sweeps.find(
    (each) => each.photosKey === photosKey && each.baseId === project.baseId,
  );
  const isRunning = status !== 'idle' && status !== 'failed';
  return (
    <Card as="section" aria-labelledby="transfer">
      <h2 id="transfer">{t('transfer.title')}</h2>
      <p className={styles['lead']}>{t('transfer.lead')}</p>
      {isRunning ? null : (
        <div className={styles['actions']}>
          <Button disabled={samples.length === 0} onClick={() => void checkTransfer()}>
            {t('transfer.check')}
          </Button>
          <Button disabled={samples.length === 0} onClick={() => void measureCurve()}>
            {t('transfer.curve.measure')}
          </Button>
          <Button disabled={samples.length === 0} onClick={() => void sweepCuts()}>
            {t('transfer.sweep.measure')}
          </Button>
        </div>
      )}
      <TransferProgress />
      {current === undefined ? null : <TransferVerdict check={current} />}
      {curve === undefined ? null : (
        <div className={styles['part']}>
          <h3>{t('transfer.curve.title')}</h3>
          <p className={styles['lead']}>{t('transfer.curve.lead')}</p>
          <TransferCurve curve={curve} />
        </div>
      )}
      {sweep === undefined ? null : (
        <div className={styles['part']}>
          <h3 id="transfer-sweep">{t('transfer.sweep.title')}</h3>
          <p className={styles['lead']}>{t('transfer.sweep.lead')}</p>
          <TransferSweep
            points={sweep.points}
            cut={project.cut}
            isLocked={isTraining}
            onChoose={(cut) => void setCut(cut)}
          />
        </div>
      )}
      {comparable.length === 0 ? null : <TransferRanking checks={comparable} />}
    </Card>
  );
}

function TransferProgress() {
  const { t } = useTranslation('base');
  const transfer = useAppState((state) => state.transfer);
  const cancelTransfer = useAppState((state) => state.cancelTransfer);
  switch (transfer.status) {
    case 'idle':
      return null;
    case 'failed':
      return <FailureNotice failure={transfer.failure} />;
    case 'computing':
    case 'checking':
    case 'sweeping':
      return (
        <ProgressBar
          label={t(`transfer.${transfer.status}`)}
          share={transfer.total === 0 ? null : transfer.done / transfer.total}
          secondsLeft={transfer.secondsLeft}
          onCancel={cancelTransfer}
        />
      );
  }
}
