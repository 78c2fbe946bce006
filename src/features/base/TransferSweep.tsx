import { useTranslation } from 'react-i18next';
import { cutKey, type Cut } from '../../domain/cut.ts';
import type { SweptCut } from '../../state/transferState.ts';
import { IntervalChart } from '../../ui/charts/IntervalChart.tsx';
import { useFormat } from '../../ui/format.ts';
import { isSameCut } from './cutEditing.ts';
import styles from './TransferSection.module.css';

interface TransferSweepProps {
  readonly points: readonly SweptCut[];
  readonly cut: Cut;
  /** While a run depends on the cut in force. */
  readonly isLocked: boolean;
  readonly onChoose: (cut: Cut) => void;
}

/** Accuracy by cut, as a chart and as a table; in both, a cut can be chosen. */
export function TransferSweep({ points, cut, isLocked, onChoose }: TransferSweepProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const best = points.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  const nameOf = ({ cut: { pooling }, layerNames }: SweptCut) =>
    t('transfer.cutName', {
      layers: layerNames.join(' + '),
      pooling: t(`cut.poolingName.${pooling}`),
    });
  const chartPoints = points.map((point, index) => ({
    key: cutKey(point.cut),
    x: points.length > 1 ? index / (points.length - 1) : 0.5,
    tick: format.number(index + 1),
    name: t('transfer.sweep.point', {
      cut: nameOf(point),
      accuracy: format.percent(point.accuracy, 1),
    }),
    value: point.accuracy,
    ...point.interval,
  }));
  const chooseKey = (key: string) => {
    const chosen = points.find((point) => cutKey(point.cut) === key);
    if (chosen !== undefined && !isSameCut(chosen.cut, cut)) onChoose(chosen.cut);
  };
  return (
    <fieldset className={styles['sweep']} disabled={isLocked} aria-labelledby="transfer-sweep">
      <p role="status">
        {t('transfer.sweep.best', {
          cut: nameOf(best),
          accuracy: format.percent(best.accuracy, 1),
          low: format.percent(best.interval.low, 1),
          high: format.percent(best.interval.high, 1),
        })}
      </p>
      <IntervalChart
        label={t('transfer.sweep.chart')}
        points={chartPoints}
        formatY={format.percent}
        xTitle={t('transfer.sweep.axis')}
        choice={{ chosenKey: cutKey(cut), onChoose: chooseKey }}
      />
      <div
        className={styles['scroll']}
        role="group"
        aria-label={t('transfer.sweep.table')}
        tabIndex={0}
      >
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('transfer.sweep.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('transfer.cut')}</th>
              <th scope="col">{t('transfer.accuracy')}</th>
              <th scope="col">{t('transfer.intervalColumn')}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point, index) => (
              <tr key={cutKey(point.cut)}>
                <th scope="row">
                  <label className={styles['choice']}>
                    <input
                      type="radio"
                      name="swept-cut"
                      checked={isSameCut(point.cut, cut)}
                      onChange={() => {
                        onChoose(point.cut);
                      }}
                    />
                    <span>
                      {format.number(index + 1)}. {nameOf(point)}
                    </span>
                  </label>
                </th>
                <td>{format.percent(point.accuracy, 1)}</td>
                <td>
                  {format.percent(point.interval.low, 1)} – {format.percent(point.interval.high, 1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}
