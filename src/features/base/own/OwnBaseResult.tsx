import { useTranslation } from 'react-i18next';
import { useAppState } from '../../../state/useAppState.ts';
import type { OwnBaseSlice } from '../../../state/ownBaseState.ts';
import { useFormat } from '../../../ui/format.ts';
import { NoticeBar } from '../../../ui/NoticeBar.tsx';
import { EpochCurves } from './EpochCurves.tsx';
import styles from './OwnBaseCard.module.css';
import { useFitLines } from './useFitLines.ts';

/** What came of the last training, until it is dismissed. */
export function OwnBaseResult() {
  const trained = useAppState((state) => state.trainedBase);
  return (
    <div role="status" className={styles['result']}>
      {trained === null ? null : <Trained trained={trained} />}
    </div>
  );
}

interface TrainedProps {
  readonly trained: NonNullable<OwnBaseSlice['trainedBase']>;
}

function Trained({ trained: { base, curve } }: TrainedProps) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const dismiss = useAppState((state) => state.dismissTrainedBase);
  const lines = useFitLines(curve.epochs);
  const accuracy = base.training?.validationAccuracy ?? null;
  return (
    <>
      <NoticeBar onDismiss={dismiss}>
        {t('done', { name: base.name })}{' '}
        {accuracy === null ? null : t('measured', { accuracy: format.percent(accuracy, 1) })}
      </NoticeBar>
      <EpochCurves lines={lines} totalEpochs={curve.epochs.length} />
      <p className={styles['note']}>{t('curves.trainingNote')}</p>
    </>
  );
}
