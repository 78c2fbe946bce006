import type { ReactNode } from 'react';
import styles from './Field.module.css';

export interface FieldFrameProps {
  readonly inputId: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Says what is wrong and takes the hint's place. */
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** Label above, hint or error below; the input points at `<inputId>-note`. */
export function FieldFrame({ inputId, label, hint, error, children }: FieldFrameProps) {
  const note = error ?? hint;
  return (
    <div className={styles['field']}>
      <label htmlFor={inputId} className={styles['label']}>
        {label}
      </label>
      {children}
      <p
        id={`${inputId}-note`}
        className={styles['note']}
        data-error={error !== undefined}
        hidden={note === undefined}
      >
        {note}
      </p>
    </div>
  );
}
