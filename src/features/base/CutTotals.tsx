import { useTranslation } from 'react-i18next';
import type { CutTotals as Totals } from '../../domain/baseSummary.ts';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './CutTotals.module.css';

interface CutTotalsProps {
  readonly totals: Totals;
  readonly numClasses: number;
}

/** The sums below the table. */
export function CutTotals({ totals, numClasses }: CutTotalsProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const counts = useCounts();
  const { numFrozen, numTrainable } = totals;
  const sums = [
    [t('table.totalFrozen'), numFrozen],
    [t('table.totalTrainable'), numTrainable],
    [t('table.total'), numFrozen + numTrainable],
  ] as const;
  return (
    <dl
      aria-label={t('table.totals', { classes: counts.classes(numClasses) })}
      className={styles['totals']}
    >
      {sums.map(([name, sum]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{format.number(sum)}</dd>
        </div>
      ))}
    </dl>
  );
}
