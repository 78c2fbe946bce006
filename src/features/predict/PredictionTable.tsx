import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { PredictionRow } from './PredictionRow.tsx';
import styles from './PredictionTable.module.css';

/** In CSS pixels; the style sheet has it too. */
const ROW_HEIGHT = 64;
const OVERSCAN = 6;

/** A row for each file. Only rows in sight are in the document, however many there are. */
export function PredictionTable() {
  const { t } = useTranslation('predict');
  const files = useAppState((state) => state.predictedFiles);
  const labels = useAppState((state) => state.predictedLabels);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- read in this render only, handed to nothing that is memoised
  const virtualizer = useVirtualizer({
    count: files.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const rows = virtualizer.getVirtualItems();
  const above = rows[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  const title = t('table.title');
  return (
    <div ref={scroller} className={styles['scroll']} role="region" aria-label={title} tabIndex={0}>
      {/* One more than the files: the row of headings. */}
      <table className={styles['table']} aria-rowcount={files.length + 1}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={styles['pictureColumn']}>
              {t('table.photo')}
            </th>
            <th scope="col">{t('table.file')}</th>
            <th scope="col" className={styles['classColumn']}>
              {t('table.class')}
            </th>
            <th scope="col" className={styles['probabilityColumn']}>
              {t('table.probability')}
            </th>
            <th scope="col" className={styles['actionColumn']}>
              {t('table.add')}
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} />
          {rows.map(({ index }) => {
            const file = files[index];
            return file === undefined ? null : (
              <PredictionRow key={index} file={file} labels={labels} rowIndex={index + 2} />
            );
          })}
          <Spacer height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={5} className={styles['spacer']} style={{ height }} />
    </tr>
  );
}
