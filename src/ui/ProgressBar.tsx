import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { useFormat } from './format.ts';
import styles from './ProgressBar.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; `null` where the end is not known yet. */
  readonly share: number | null;
  /** What is done of what, and how fast. */
  readonly detail?: string | undefined;
  readonly secondsLeft?: number | null;
  readonly onCancel?: (() => void) | undefined;
  /** Where ending it is not the same as cancelling it. */
  readonly cancelLabel?: string;
}

export function ProgressBar(props: ProgressBarProps) {
  const { label, share, detail, secondsLeft, onCancel, cancelLabel } = props;
  const { t } = useTranslation('common');
  const format = useFormat();
  const timeLeft =
    secondsLeft === undefined || secondsLeft === null
      ? null
      : t('timeLeft', { time: format.duration(secondsLeft) });
  return (
    <div className={styles['root']}>
      <div className={styles['texts']}>
        <span className={styles['label']}>{label}</span>
        <span className={styles['detail']}>
          {[detail, timeLeft].filter((part) => part !== null && part !== undefined).join(' · ')}
        </span>
      </div>
      <progress
        className={styles['bar']}
        aria-label={label}
        max={1}
        {...(share === null ? {} : { value: Math.min(1, Math.max(0, share)) })}
      />
      {onCancel === undefined ? null : (
        <Button onClick={onCancel}>{cancelLabel ?? t('cancel')}</Button>
      )}
    </div>
  );
}
