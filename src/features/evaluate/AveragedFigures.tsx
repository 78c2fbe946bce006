import { useTranslation } from 'react-i18next';
import type { AveragedAccuracy } from '../../domain/averaging.ts';
import { IntervalBar } from '../../ui/charts/IntervalBar.tsx';
import { useFormat } from '../../ui/format.ts';
import styles from './AveragingCard.module.css';

type AveragedFiguresProps = Pick<AveragedAccuracy, 'accuracy' | 'interval'> &
  Partial<Pick<AveragedAccuracy, 'lead'>>;

/** An accuracy with its interval and, for averages, by how much it differs from that of the photo as it is. */
export function AveragedFigures({ accuracy, interval, lead }: AveragedFiguresProps) {
  const { t } = useTranslation('averaging');
  const format = useFormat();
  return (
    <div className={styles['figures']}>
      <p>
        <strong>{format.percent(accuracy, 1)}</strong>{' '}
        <span className={styles['hint']}>
          {t('interval', {
            low: format.percent(interval.low, 1),
            high: format.percent(interval.high, 1),
          })}
        </span>
      </p>
      <IntervalBar value={accuracy} low={interval.low} high={interval.high} />
      {lead === undefined ? null : <Lead lead={lead} />}
    </div>
  );
}

function Lead({ lead: { value, low, high } }: Pick<AveragedAccuracy, 'lead'>) {
  const { t } = useTranslation('averaging');
  const format = useFormat();
  const signed = (share: number) => format.signed(share * 100, 1);
  const verdict = t(`verdict.${low > 0 ? 'better' : high < 0 ? 'worse' : 'chance'}`);
  const shown = { value: signed(value), low: signed(low), high: signed(high), verdict };
  return <p className={styles['hint']}>{value === 0 ? t('same') : t('difference', shown)}</p>;
}
