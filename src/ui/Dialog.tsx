import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';
import { CloseIcon } from './icons.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly isWide?: boolean;
}

/** A modal on the native `<dialog>`: it traps the focus, closes on Escape and gives the focus back. Mounted means open. */
export function Dialog({ title, onClose, children, footer, isWide = false }: DialogProps) {
  const { t } = useTranslation('common');
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();

  // A layout effect closes it while it is still in the document, which gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Begin with what the dialog is for, not with its Close button.
    body.current?.querySelector<HTMLElement>(':is(input, select, button):enabled')?.focus();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      data-wide={isWide}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles['panel']}>
        <header className={styles['header']}>
          <h2 id={titleId}>{title}</h2>
          <IconButton label={t('close')} icon={<CloseIcon />} onClick={onClose} />
        </header>
        <div ref={body} className={styles['body']}>
          {children}
        </div>
        {footer === undefined ? null : <footer className={styles['footer']}>{footer}</footer>}
      </div>
    </dialog>
  );
}
