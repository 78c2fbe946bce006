import { useTranslation } from 'react-i18next';
import { CONTROLS, unbeatenControls, type MeasuredAccuracy } from '../../domain/transferReport.ts';
import type { TransferCheck } from '../../state/transferState.ts';
import { IntervalBar } from '../../ui/charts/IntervalBar.tsx';
import { useFormat } from '../../ui/format.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './TransferSection.module.css';

/** The base beside its controls, what that means in words, and what to try where it means no. */
export function TransferVerdict({ check }: { readonly check: TransferCheck }) {
  const { t, i18n } = useTranslation('base');
  const { report, baseName } = check;
  const unbeaten = unbeatenControls(report);
  const names = new Intl.ListFormat(i18n.language).format(
    unbeaten.map((control) => t(`transfer.control.${control}`)),
  );
  return (
    <>
      <div role="status" className={styles['verdict']}>
        {unbeaten.length === 0 ? (
          <NoticeBar>{t('transfer.positive', { base: baseName })}</NoticeBar>
        ) : (
          <NoticeBar tone="warning">
            <strong>{t('transfer.negative')}</strong>{' '}
            {t('transfer.negativeText', { base: baseName, controls: names })}
          </NoticeBar>
        )}
      </div>
      <dl className={styles['accuracies']}>
        <Accuracy name={baseName} measured={report.base} />
        {CONTROLS.map((control) => {
          const measured = report.controls[control];
          const name = t(`transfer.control.${control}`);
          return measured === undefined ? null : (
            <Accuracy key={control} name={name} measured={measured} />
          );
        })}
      </dl>
      {report.controls.random === undefined ? (
        <p className={styles['lead']}>
          {t(`transfer.noRandom.${check.isOpaque ? 'opaque' : 'numbers'}`)}
        </p>
      ) : null}
    </>
  );
}

interface AccuracyProps {
  readonly name: string;
  readonly measured: MeasuredAccuracy;
}

function Accuracy({ name, measured: { accuracy, interval } }: AccuracyProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const [low, high] = [format.percent(interval.low, 1), format.percent(interval.high, 1)];
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{format.percent(accuracy, 1)}</strong> {t('transfer.interval', { low, high })}
        <IntervalBar value={accuracy} low={interval.low} high={interval.high} />
      </dd>
    </div>
  );
}
