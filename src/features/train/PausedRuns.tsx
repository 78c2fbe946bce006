import { useTranslation } from 'react-i18next';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import styles from './PausedRuns.module.css';

/** Runs that were paused, or whose tab was closed, with what can be done about them. */
export function PausedRuns() {
  const runs = useAppState((state) => state.runs);
  const isIdle = useAppState(
    ({ training: { status } }) => status === 'idle' || status === 'failed',
  );
  const isOpenElsewhere = useAppState((state) => state.isOpenElsewhere);
  // The other window may be training it at this moment.
  if (!isIdle || isOpenElsewhere) return null;
  return runs.map((run, index) =>
    run.status === 'paused' ? (
      <PausedRun key={run.id} run={run} number={runs.length - index} />
    ) : null,
  );
}

function PausedRun({ run, number }: { readonly run: TrainingRun; readonly number: number }) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const goOn = useAppState((state) => state.goOn);
  const discardRun = useAppState((state) => state.discardRun);
  const name = t('runs.name', { number });
  const text =
    run.epochs.length === 0
      ? t('paused.interrupted', { name })
      : t('paused.atEpoch', { name, epoch: format.number(run.epochs.length) });
  return (
    <Card>
      <div className={styles['row']}>
        <p className={styles['text']}>{text}</p>
        <Button variant="primary" onClick={() => void goOn(run.id)}>
          {t('paused.goOn')}
        </Button>
        <Button onClick={() => void discardRun(run.id)}>{t('paused.discard')}</Button>
      </div>
    </Card>
  );
}
