import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './IntakeProgress.module.css';

/** How far an import is. What is added stays when it is cancelled. */
export function IntakeProgress() {
  const { t } = useTranslation('collect');
  const intake = useAppState((state) => state.intake);
  const cancel = useAppState((state) => state.cancelIntake);
  const format = useFormat();
  if (intake.status === 'idle') return null;
  const { done, total, secondsLeft } = intake;
  return (
    <div className={styles['root']}>
      <Card>
        <ProgressBar
          label={t('importing')}
          share={total === 0 ? null : done / total}
          detail={t('importDetail', { done: format.number(done), total: format.number(total) })}
          secondsLeft={secondsLeft}
          onCancel={cancel}
        />
      </Card>
    </div>
  );
}
