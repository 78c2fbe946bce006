import { useTranslation } from 'react-i18next';
import styles from './FailureNotice.module.css';
import { useMessages, type Messages } from './messages.ts';
import { NoticeBar } from './NoticeBar.tsx';

interface FailureNoticeProps {
  /** File or address that it is about, where that is not clear from the place. */
  readonly name?: string;
  readonly failure: Parameters<Messages['failure']>[0] & {
    /** What exactly was found, in English. */
    readonly message?: string;
  };
  readonly onDismiss?: () => void;
}

/** What went wrong with somebody's files in a sentence, and exactly what was found for those who made its files. */
export function FailureNotice({ name, failure, onDismiss }: FailureNoticeProps) {
  const { t } = useTranslation('common');
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
