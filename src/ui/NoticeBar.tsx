import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { CloseIcon } from './icons.tsx';
import styles from './NoticeBar.module.css';

type NoticeTone = 'neutral' | 'warning' | 'danger';

interface NoticeBarProps {
  readonly tone?: NoticeTone;
  readonly children: ReactNode;
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined;
  readonly onDismiss?: (() => void) | undefined;
}

/** One message in a row, with at most one action. Put it in a live region where it appears by itself. */
export function NoticeBar({ tone = 'neutral', children, action, onDismiss }: NoticeBarProps) {
  const { t } = useTranslation('common');
  return (
    <div className={styles['bar']} data-tone={tone}>
      <div className={styles['text']}>{children}</div>
      {action === undefined ? null : (
        <Button variant="quiet" onClick={action.onSelect}>
          {action.label}
        </Button>
      )}
      {onDismiss === undefined ? null : (
        <IconButton label={t('dismiss')} icon={<CloseIcon />} onClick={onDismiss} />
      )}
    </div>
  );
}
