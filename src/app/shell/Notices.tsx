import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { useNoticeText } from './useNoticeText.ts';
import styles from './Notices.module.css';

/** Long enough to read and reach Undo. Ctrl+Z still works afterwards. */
const SHOWN_MS = 12_000;
const MAX_SHOWN = 3;

/** The newest messages at the foot of the page. What was done goes by itself, what failed stays. */
export function Notices() {
  const { t } = useTranslation('common');
  const notices = useAppState((state) => state.notices);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const shown = notices.filter(({ id }) => !hidden.has(id)).slice(-MAX_SHOWN);
  const hide = useCallback((id: number) => {
    setHidden((ids) => new Set([...ids, id]));
  }, []);
  return (
    <div role="region" aria-label={t('notices')} aria-live="polite" className={styles['stack']}>
      {shown.map((notice) => (
        <ShownNotice key={notice.id} notice={notice} onHide={hide} />
      ))}
    </div>
  );
}

interface ShownNoticeProps {
  readonly notice: Notice;
  /** Takes it off the screen, and leaves its undo where Ctrl+Z finds it. */
  readonly onHide: (id: number) => void;
}

function ShownNotice({ notice, onHide }: ShownNoticeProps) {
  const { t } = useTranslation('common');
  const dismiss = useAppState((state) => state.dismissNotice);
  const text = useNoticeText();
  const { id, undo } = notice;
  const isFailure = notice.message.kind === 'failed';

  useEffect(() => {
    if (isFailure) return undefined;
    const timer = setTimeout(() => {
      onHide(id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, isFailure, onHide]);

  const takeBack =
    undo === null
      ? undefined
      : {
          label: t('undo'),
          onSelect: () => {
            dismiss(id);
            void undo();
          },
        };
  return (
    <NoticeBar
      tone={isFailure ? 'danger' : 'neutral'}
      action={takeBack}
      onDismiss={() => {
        if (undo === null) dismiss(id);
        else onHide(id);
      }}
    >
      {text(notice)}
    </NoticeBar>
  );
}
