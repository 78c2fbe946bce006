import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import styles from './CurveLegend.module.css';

interface CurveLegendProps {
  readonly epoch: number | undefined;
  readonly training: string;
  /** `null` where there is no such line. */
  readonly validation: string | null;
}

/** Which line is which, and the values at the epoch under the pointer or the last one. */
export function CurveLegend({ epoch, training, validation }: CurveLegendProps) {
  const { t } = useTranslation('train');
  const format = useFormat();
  return (
    <p className={styles['legend']}>
      <span>{epoch === undefined ? '' : t('curves.epoch', { epoch: format.number(epoch) })}</span>
      <span className={styles['entry']}>
        <svg width="26" height="10" aria-hidden="true" className={styles['training']}>
          <path d="M1 5h24" />
          <circle cx="13" cy="5" r="2.5" />
        </svg>
        {t('curves.training')} <strong>{training}</strong>
      </span>
      {validation === null ? null : (
        <span className={styles['entry']}>
          <svg width="26" height="10" aria-hidden="true" className={styles['validation']}>
            <path d="M1 5h24" />
            <circle cx="13" cy="5" r="3.5" />
          </svg>
          {t('curves.validation')} <strong>{validation}</strong>
        </span>
      )}
    </p>
  );
}
