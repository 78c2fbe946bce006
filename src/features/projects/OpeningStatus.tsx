import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { FailureNotice } from '../../ui/FailureNotice.tsx';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './OpeningStatus.module.css';

/** How far the opening of a project file or a model is, or why it failed. */
export function OpeningStatus() {
  const { t } = useTranslation('projects');
  const saving = useAppState((state) => state.saving);
  const model = useAppState((state) => state.modelOpening);
  const cancel = useAppState((state) => state.cancelSaving);
  const messages = useMessages();
  if (model.status === 'failed') {
    return (
      <div className={styles['root']}>
        <FailureNotice failure={model.failure} />
      </div>
    );
  }
  if (saving.status === 'idle') return model.status === 'reading' ? <ReadingModel /> : null;
  return (
    <div role="status" className={styles['root']}>
      {saving.status === 'failed' ? (
        <NoticeBar tone="danger">{messages.failure(saving.failure)}</NoticeBar>
      ) : (
        <Card>
          <ProgressBar
            label={t('opening')}
            share={saving.total === 0 ? null : saving.done / saving.total}
            onCancel={cancel}
          />
        </Card>
      )}
    </div>
  );
}

function ReadingModel() {
  const { t } = useTranslation('projects');
  return (
    <div role="status" className={styles['root']}>
      <Card>
        <ProgressBar label={t('openingModel')} share={null} />
      </Card>
    </div>
  );
}
