import { useTranslation } from 'react-i18next';
import styles from './CurveLegend.module.css';

interface CurveLegendProps {
  readonly training: string;
  /** `null` where there is no such line. */
  readonly validation: string | null;
}

/** Which line is which, and the values at the epoch under the pointer or the last one. */
export function CurveLegend({ training, validation }: CurveLegendProps) {
  const { t } = useTranslation('train');
  return (
    <p className={styles['legend']}>
      <span className={styles['entry']}>
        <svg width="26" height="10" aria-hidden="true" className={styles['training']}>
          <path d="M1 5h24" />
        </svg>
        {t('curves.training')} <strong>{training}</strong>
      </span>
      {validation === null ? null : (
        <span className={styles['entry']}>
          <svg width="26" height="10" aria-hidden="true" className={styles['validation']}>
            <path d="M1 5h24" />
          </svg>
          {t('curves.validation')} <strong>{validation}</strong>
        </span>
      )}
    </p>
  );
}
