import { useTranslation } from 'react-i18next';
import { expectedGain, isFlat, type LearningCurve } from '../../domain/learningCurve.ts';
import { IntervalChart, type IntervalPoint } from '../../ui/charts/IntervalChart.tsx';
import { useFormat, type Format } from '../../ui/format.ts';
import styles from './TransferSection.module.css';

/** Accuracy by photos per class, what twice as many would probably bring, and the numbers as a table. */
export function TransferCurve({ curve }: { readonly curve: LearningCurve }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  return (
    <>
      <p role="status">{useExpectation(curve)}</p>
      <IntervalChart
        label={t('transfer.curve.chart')}
        points={chartPoints(curve, format)}
        formatY={format.percent}
        xTitle={t('transfer.curve.photos')}
      />
      <div
        className={styles['scroll']}
        role="group"
        aria-label={t('transfer.curve.table')}
        tabIndex={0}
      >
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('transfer.curve.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('transfer.curve.photos')}</th>
              <th scope="col">{t('transfer.accuracy')}</th>
              <th scope="col">{t('transfer.intervalColumn')}</th>
              <th scope="col">{t('transfer.curve.draws')}</th>
            </tr>
          </thead>
          <tbody>
            {curve.points.map(({ photosPerClass, accuracy, interval, numDraws }) => (
              <tr key={photosPerClass}>
                <th scope="row">{photosText(photosPerClass, format)}</th>
                <td>{format.percent(accuracy, 1)}</td>
                <td>
                  {format.percent(interval.low, 1)} – {format.percent(interval.high, 1)}
                </td>
                <td>{format.number(numDraws)}</td>
              </tr>
            ))}
            {curve.next === null ? null : (
              <tr>
                <th scope="row">
                  {t('transfer.curve.expected', {
                    photos: photosText(curve.next.photosPerClass, format),
                  })}
                </th>
                <td>{format.percent(curve.next.accuracy, 1)}</td>
                <td>
                  {format.percent(curve.next.low, 1)} – {format.percent(curve.next.high, 1)}
                </td>
                <td />
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** In plain words what the next doubling would probably bring. */
function useExpectation(curve: LearningCurve): string {
  const { t } = useTranslation('base');
  const format = useFormat();
  const { next } = curve;
  if (next === null) return t('transfer.curve.tooFew');
  return t(isFlat(curve) ? 'transfer.curve.flat' : 'transfer.curve.rising', {
    photos: photosText(next.photosPerClass, format),
    points: format.number(100 * expectedGain(curve), 1),
    accuracy: format.percent(next.accuracy, 1),
    low: format.percent(next.low, 1),
    high: format.percent(next.high, 1),
  });
}

/** Doublings are equally far apart. */
function chartPoints({ points, next }: LearningCurve, format: Format): readonly IntervalPoint[] {
  const measured = points.map(({ photosPerClass, accuracy, interval }) => ({
    photosPerClass,
    value: accuracy,
    ...interval,
  }));
  const expected =
    next === null ? [] : [{ ...next, value: next.accuracy, isExpected: true as const }];
  const all = [...measured, ...expected];
  const places = all.map(({ photosPerClass }) => Math.log2(photosPerClass));
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 1];
  return all.map((point, index) => ({
    ...point,
    key: String(point.photosPerClass),
    x: last > first ? ((places[index] ?? 0) - first) / (last - first) : 0.5,
    tick: photosText(point.photosPerClass, format),
  }));
}

function photosText(photosPerClass: number, format: Format): string {
  return format.number(photosPerClass, photosPerClass < 10 ? 1 : 0);
}
