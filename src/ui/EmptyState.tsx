import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly picture?: ReactNode;
  readonly actions?: ReactNode;
}

/** What a page says when there is nothing to show: why, and what to do next. */
export function EmptyState({ title, children, picture, actions }: EmptyStateProps) {
  return (
    <div className={styles['root']}>
      {picture}
      <h2>{title}</h2>
      <div className={styles['text']}>{children}</div>
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
    </div>
  );
}
