import { useTranslation } from 'react-i18next';
import { cutKey } from '../../domain/cut.ts';
import type { TransferCheck } from '../../state/transferState.ts';
import { useFormat } from '../../ui/format.ts';
import { OwnClassRanking } from './OwnClassRanking.tsx';
import { RankedCell } from './RankedCell.tsx';
import { RankingTable } from './RankingTable.tsx';
import { ranks } from './ranks.ts';
import styles from './TransferSection.module.css';

/**
 * Every base and cut checked on the same photos, best estimate first, and every base by its own
 * classes; with each estimate its place, and beside it the measured accuracy.
 */
export function TransferRanking({ checks }: { readonly checks: readonly TransferCheck[] }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const ranked = checks.toSorted((a, b) => b.report.logme - a.report.logme);
  const reports = ranked.map(({ report }) => report);
  const byLogme = ranks(reports.map(({ logme }) => logme));
  const byHScore = ranks(reports.map(({ hScore }) => hScore));
  const byAccuracy = ranks(reports.map(({ base }) => base.accuracy));
  const headings = [
    t('transfer.base'),
    t('transfer.cut'),
    t('transfer.logme'),
    t('transfer.hScore'),
    t('transfer.accuracy'),
  ];
  return (
    <div className={styles['part']}>
      <h3>{t('transfer.ranking')}</h3>
      <p className={styles['lead']}>{t('transfer.rankingHint')}</p>
      <RankingTable title={t('transfer.ranking')} headings={headings}>
        {ranked.map(({ baseId, baseName, cut, layerNames, report }, index) => (
          <tr key={`${baseId} ${cutKey(cut)}`}>
            <th scope="row">{baseName}</th>
            <td className={styles['name']}>
              {t('transfer.cutName', {
                layers: layerNames.join(' + '),
                pooling: t(`cut.poolingName.${cut.pooling}`),
              })}
            </td>
            <RankedCell text={format.number(report.logme, 3)} rank={byLogme[index] ?? null} />
            <RankedCell text={format.number(report.hScore, 3)} rank={byHScore[index] ?? null} />
            <RankedCell
              text={format.percent(report.base.accuracy, 1)}
              rank={byAccuracy[index] ?? null}
            />
          </tr>
        ))}
      </RankingTable>
      <OwnClassRanking checks={checks} />
    </div>
  );
}
