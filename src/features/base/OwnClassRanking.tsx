import { useTranslation } from 'react-i18next';
import type { TransferCheck } from '../../state/transferState.ts';
import { useFormat } from '../../ui/format.ts';
import { RankedCell } from './RankedCell.tsx';
import { RankingTable } from './RankingTable.tsx';
import { ranks } from './ranks.ts';
import styles from './TransferSection.module.css';

/** Each base that was checked by its own classes, best first, beside the best accuracy measured of its cuts. */
export function OwnClassRanking({ checks }: { readonly checks: readonly TransferCheck[] }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const bases = bestOfEachBase(checks);
  const own = bases.map(({ report }) => report.ownClasses);
  const byNce = ranks(own.map((each) => each?.nce));
  const byLeep = ranks(own.map((each) => each?.leep));
  const byAccuracy = ranks(bases.map(({ report }) => report.base.accuracy));
  const formatted = (value: number | undefined) =>
    value === undefined ? null : format.number(value, 3);
  if (own.every((each) => each === undefined)) {
    return <p className={styles['note']}>{t('transfer.own.nobody')}</p>;
  }
  const headings = [
    t('transfer.base'),
    t('transfer.own.classes'),
    t('transfer.own.nce'),
    t('transfer.own.leep'),
    t('transfer.own.accuracy'),
  ];
  return (
    <>
      <h4 className={styles['subtitle']}>{t('transfer.own.title')}</h4>
      <p className={styles['lead']}>{t('transfer.own.lead')}</p>
      <RankingTable title={t('transfer.own.title')} headings={headings}>
        {bases.map(({ baseId, baseName, report }, index) => (
          <tr key={baseId}>
            <th scope="row">{baseName}</th>
            <RankedCell
              text={own[index] === undefined ? null : format.number(own[index].numClasses)}
              rank={null}
            />
            <RankedCell text={formatted(own[index]?.nce)} rank={byNce[index] ?? null} />
            <RankedCell text={formatted(own[index]?.leep)} rank={byLeep[index] ?? null} />
            <RankedCell
              text={format.percent(report.base.accuracy, 1)}
              rank={byAccuracy[index] ?? null}
            />
          </tr>
        ))}
      </RankingTable>
      {own.includes(undefined) ? (
        <p className={styles['note']}>{t('transfer.own.withoutClasses')}</p>
      ) : null}
      {own.some((each) => each?.areLogits === true) ? (
        <p className={styles['note']}>{t('transfer.own.logits')}</p>
      ) : null}
    </>
  );
}

/** Of each base its most accurate check; those by LEEP, bases without classes of their own last. */
function bestOfEachBase(checks: readonly TransferCheck[]): readonly TransferCheck[] {
  const best = new Map<string, TransferCheck>();
  for (const check of checks) {
    const known = best.get(check.baseId);
    if (known === undefined || check.report.base.accuracy > known.report.base.accuracy) {
      best.set(check.baseId, check);
    }
  }
  const leepOf = ({ report }: TransferCheck) => report.ownClasses?.leep ?? -Infinity;
  return [...best.values()].toSorted((a, b) => leepOf(b) - leepOf(a));
}
