import { useTranslation } from 'react-i18next';
import styles from './TransferSection.module.css';

interface RankedCellProps {
  /** The value as it is shown; `null` where there is none. */
  readonly text: string | null;
  /** Its place in the column. */
  readonly rank: number | null;
}

/** A value of a table with its place among those of the column. */
export function RankedCell({ text, rank }: RankedCellProps) {
  const { t } = useTranslation('base');
  if (text === null) {
    return (
      <td>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{t('transfer.own.none')}</span>
      </td>
    );
  }
  return (
    <td>
      {text}
      {rank === null ? null : (
        <span className={styles['rank']}> {t('transfer.rank', { rank })}</span>
      )}
    </td>
  );
}
