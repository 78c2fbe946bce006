import { useTranslation } from 'react-i18next';
import type { Failure } from '../../state/failure.ts';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './FailureNotice.module.css';

interface FailureNoticeProps {
  /** File or address that it is about, where that is not clear from the place. */
  readonly name?: string;
  readonly failure: Failure;
  readonly onDismiss?: () => void;
}

/** What went wrong with a network in a sentence, and exactly what was found for those who made its files. */
export function FailureNotice({ name, failure, onDismiss }: FailureNoticeProps) {
  const { t } = useTranslation('base');
  const messages = useMessages();
  return (
    <div role="alert">
      <NoticeBar tone="danger" onDismiss={onDismiss}>
        <p>
          {name === undefined ? null : <strong className={styles['name']}>{name}: </strong>}
          {messages.failure(failure)}
        </p>
        {failure.message === undefined ? null : (
          <details className={styles['details']}>
            <summary>{t('exactly')}</summary>
            <p lang="en">{failure.message}</p>
          </details>
        )}
      </NoticeBar>
    </div>
  );
}
