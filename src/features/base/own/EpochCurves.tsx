import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LineChart } from '../../../ui/charts/LineChart.tsx';
import { useFormat } from '../../../ui/format.ts';
import styles from './EpochCurves.module.css';
import type { EpochLine } from './epochLine.ts';
import { EpochNumbers } from './EpochNumbers.tsx';

interface EpochCurvesProps {
  readonly lines: readonly EpochLine[];
  readonly totalEpochs: number;
}

const MEASURES = ['accuracy', 'loss'] as const;
const ignoreHover = () => undefined;

/** Accuracy and loss of up to two lines over the epochs, and the same as a table. */
export function EpochCurves({ lines, totalEpochs }: EpochCurvesProps) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const names = lines.map(({ name }) => name).join('\n');
  const marked = lines.findIndex(({ isMarked }) => isMarked);
  const shapes = useMemo(() => {
    const shared = {
      styles: names.split('\n').map((name, i) => ({ name, isMarked: i === marked })),
      xMax: totalEpochs,
      syncKey: 'epoch-curves',
      onHover: ignoreHover,
    };
    return {
      accuracy: { ...shared, yMax: 1, formatY: (value: number) => format.percent(value) },
      loss: { ...shared, yMax: null, formatY: (value: number) => format.number(value, 2) },
    };
  }, [names, marked, totalEpochs, format]);
  const data = useMemo(() => {
    const numEpochs = Math.max(...lines.map(({ points }) => points.length));
    const x = Array.from({ length: numEpochs }, (_, i) => i + 1);
    const of = (measure: (typeof MEASURES)[number]) =>
      [x, ...lines.map(({ points }) => x.map((_, i) => points[i]?.[measure] ?? null))] as const;
    return { accuracy: of('accuracy'), loss: of('loss') };
  }, [lines]);
  return (
    <>
      <div className={styles['charts']}>
        {MEASURES.map((measure) => (
          <figure key={measure}>
            <figcaption>{t(`curves.${measure}`)}</figcaption>
            <LineChart
              label={t('curves.chart', {
                measure: t(`curves.${measure}`),
                lines: names.replaceAll('\n', ', '),
              })}
              shape={shapes[measure]}
              data={data[measure]}
            />
          </figure>
        ))}
      </div>
      <EpochNumbers lines={lines} />
    </>
  );
}
