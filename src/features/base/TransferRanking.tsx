import { useTranslation } from 'react-i18next';
import { cutKey } from '../../domain/cut.ts';
import type { TransferCheck } from '../../state/transferState.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './TransferSection.module.css';

/** Every base and cut checked on the same photos, best estimate first, its measured accuracy beside it. */
export function TransferRanking({ checks }: { readonly checks: readonly TransferCheck[] }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const ranked = checks.toSorted((a, b) => b.report.logme - a.report.logme);
  return (
    <div className={styles['part']}>
      <h3>{t('transfer.ranking')}</h3>
      <p className={styles['lead']}>{t('transfer.rankingHint')}</p>
      <div
        className={styles['scroll']}
        role="group"
        aria-label={t('transfer.ranking')}
        tabIndex={0}
      >
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('transfer.base')}</th>
              <th scope="col">{t('transfer.cut')}</th>
              <th scope="col">{t('transfer.logme')}</th>
              <th scope="col">{t('transfer.hScore')}</th>
              <th scope="col">{t('transfer.accuracy')}</th>
            </tr>
          </thead>
          <tbody>
            {ranked.map(({ baseId, baseName, cut, layerNames, report }) => (
              <tr key={`${baseId} ${cutKey(cut)}`}>
                <th scope="row">{baseName}</th>
                <td>
                  {layerNames.join(' + ')}, {t(`cut.poolingName.${cut.pooling}`)}
                </td>
                <td>{format.number(report.logme, 3)}</td>
                <td>{format.number(report.hScore, 3)}</td>
                <td>{format.percent(report.base.accuracy, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
