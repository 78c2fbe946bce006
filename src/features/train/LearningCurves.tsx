import { useDeferredValue, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { Button } from '../../ui/Button.tsx';
import { LineChart } from '../../ui/charts/LineChart.tsx';
import { useFormat } from '../../ui/format.ts';
import { GridIcon } from '../../ui/icons.tsx';
import { CurveLegend } from './CurveLegend.tsx';
import { EpochTable, type CurveStep } from './EpochTable.tsx';
import styles from './LearningCurves.module.css';

interface LearningCurvesProps {
  readonly epochs: readonly EpochMetrics[];
  /** What an entry of `epochs` is. */
  readonly step: CurveStep;
  readonly totalEpochs: number;
}

/** Accuracy and loss over the epochs, training and validation, and the same numbers as a table. */
export function LearningCurves({ epochs, step, totalEpochs }: LearningCurvesProps) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const tableId = useId();
  const [hovered, setHovered] = useState<number | null>(null);
  const [isTableShown, setIsTableShown] = useState(false);
  // The chart keeps up with every epoch; the table may come a little later.
  const tableEpochs = useDeferredValue(epochs);

  // Until the first epoch says otherwise: a change would build new charts.
  const hasValidation = epochs[0]?.validationAccuracy !== null;
  const shapes = useMemo(() => {
    const training = { name: t('curves.training'), isMarked: false };
    const validation = { name: t('curves.validation'), isMarked: true };
    const shared = {
      styles: hasValidation ? [training, validation] : [training],
      xMax: totalEpochs,
      syncKey: 'learning-curves',
      onHover: setHovered,
    };
    return {
      accuracy: { ...shared, yMax: 1, formatY: (value: number) => format.percent(value) },
      loss: { ...shared, yMax: null, formatY: (value: number) => format.number(value, 2) },
    };
  }, [t, format, hasValidation, totalEpochs]);

  const data = useMemo(() => {
    const x = epochs.map(({ epoch }) => epoch);
    const lines = (training: (number | null)[], validation: (number | null)[]) =>
      hasValidation ? ([x, training, validation] as const) : ([x, training] as const);
    return {
      accuracy: lines(
        epochs.map(({ accuracy }) => accuracy),
        epochs.map(({ validationAccuracy }) => validationAccuracy),
      ),
      loss: lines(
        epochs.map(({ loss }) => loss),
        epochs.map(({ validationLoss }) => validationLoss),
      ),
    };
  }, [epochs, hasValidation]);

  const shown = epochs[hovered ?? epochs.length - 1] ?? epochs.at(-1);
  const epochText = shown === undefined ? '' : t(`curves.${step}.at`, { number: shown.epoch });
  return (
    <>
      <div className={styles['charts']}>
        <figure>
          <figcaption>
            {t('curves.accuracy')} <span>{epochText}</span>
          </figcaption>
          <LineChart
            label={t(`curves.${step}.accuracyChart`)}
            shape={shapes.accuracy}
            data={data.accuracy}
          />
          <CurveLegend
            training={shown === undefined ? '' : format.percent(shown.accuracy, 1)}
            validation={
              typeof shown?.validationAccuracy === 'number'
                ? format.percent(shown.validationAccuracy, 1)
                : null
            }
          />
        </figure>
        <figure>
          <figcaption>
            {t('curves.loss')} <span>{epochText}</span>
          </figcaption>
          <LineChart label={t(`curves.${step}.lossChart`)} shape={shapes.loss} data={data.loss} />
          <CurveLegend
            training={shown === undefined ? '' : format.number(shown.loss, 3)}
            validation={
              typeof shown?.validationLoss === 'number'
                ? format.number(shown.validationLoss, 3)
                : null
            }
          />
        </figure>
      </div>
      <Button
        variant="quiet"
        icon={<GridIcon />}
        aria-expanded={isTableShown}
        aria-controls={tableId}
        onClick={() => {
          setIsTableShown(!isTableShown);
        }}
      >
        {t(isTableShown ? 'curves.hideTable' : 'curves.showTable')}
      </Button>
      <div id={tableId} className={isTableShown ? undefined : 'visually-hidden'}>
        <EpochTable epochs={tableEpochs} step={step} isScrollable={isTableShown} />
      </div>
    </>
  );
}
