import { useTranslation } from 'react-i18next';
import type { ScratchStatus } from '../../../state/ownBaseState.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { useFormat } from '../../../ui/format.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { FailureNotice } from '../../../ui/FailureNotice.tsx';
import { EpochCurves } from './EpochCurves.tsx';
import styles from './OwnBaseCard.module.css';
import { useFitLines } from './useFitLines.ts';

/** How a run goes, its curves as they grow, and the way to end it; what went wrong with the last one. */
export function ScratchProgress({ status }: { readonly status: ScratchStatus }) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const cancel = useAppState((state) => state.cancelScratch);
  switch (status.status) {
    case 'idle':
      return null;
    case 'failed':
      return <FailureNotice failure={status.failure} />;
    case 'computing': {
      const { done, total } = status;
      const counts = { done: format.number(done), total: format.number(total) };
      return (
        <ProgressBar
          label={t('computing')}
          share={total === 0 ? null : done / total}
          detail={total === 0 ? undefined : t('photos', counts)}
          onCancel={cancel}
        />
      );
    }
    case 'fitting':
      return <FittingProgress status={status} onCancel={cancel} />;
  }
}

interface FittingProgressProps {
  readonly status: Extract<ScratchStatus, { status: 'fitting' }>;
  readonly onCancel: () => void;
}

function FittingProgress({ status, onCancel }: FittingProgressProps) {
  const { t } = useTranslation('ownBase');
  const { fit, epochs, totalEpochs, share, secondsLeft } = status;
  const lines = useFitLines(epochs);
  const epoch = Math.min(epochs.length + 1, totalEpochs);
  return (
    <div className={styles['progress']}>
      <ProgressBar
        label={t(`fitting.${fit}`)}
        share={share}
        detail={t('epoch', { epoch, total: totalEpochs })}
        secondsLeft={secondsLeft}
        onCancel={onCancel}
      />
      {epochs.length === 0 ? null : <EpochCurves lines={lines} totalEpochs={totalEpochs} />}
    </div>
  );
}
