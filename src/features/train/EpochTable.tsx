import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './tables.module.css';

/** A pass through the photos in batches, or one of a solver that sees all of them at once. */
export type CurveStep = 'epoch' | 'iteration';

interface EpochTableProps {
  readonly epochs: readonly EpochMetrics[];
  readonly step: CurveStep;
  /** Then it is a tab stop, so that the keyboard can scroll it. */
  readonly isScrollable: boolean;
}

/** The numbers that the curves show. */
export const EpochTable = memo(function EpochTable(props: EpochTableProps) {
  const { t } = useTranslation('train');
  const { epochs, step, isScrollable } = props;
  const title = t(`curves.${step}.table`);
  return (
    <div
      {...(isScrollable
        ? { className: styles['scroll'], role: 'group', 'aria-label': title, tabIndex: 0 }
        : {})}
    >
      <table className={styles['table']}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`curves.${step}.column`)}</th>
            <th scope="col">{t('curves.trainingAccuracy')}</th>
            <th scope="col">{t('curves.validationAccuracy')}</th>
            <th scope="col">{t('curves.trainingLoss')}</th>
            <th scope="col">{t('curves.validationLoss')}</th>
          </tr>
        </thead>
        <tbody>
          {epochs.map((metrics) => (
            <EpochRow key={metrics.epoch} metrics={metrics} />
          ))}
        </tbody>
      </table>
    </div>
  );
});

/** Kept from render to render: a thousand epochs would be written again with each new one. */
const EpochRow = memo(function EpochRow({ metrics }: { readonly metrics: EpochMetrics }) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const { epoch, accuracy, loss, validationAccuracy, validationLoss } = metrics;
  const none = t('curves.none');
  return (
    <tr>
      <th scope="row">{format.number(epoch)}</th>
      <td>{format.percent(accuracy, 1)}</td>
      <td>{validationAccuracy === null ? none : format.percent(validationAccuracy, 1)}</td>
      <td>{format.number(loss, 3)}</td>
      <td>{validationLoss === null ? none : format.number(validationLoss, 3)}</td>
    </tr>
  );
});
