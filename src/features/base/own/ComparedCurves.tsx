import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FitCurve } from '../../../domain/scratchFit.ts';
import {
  twoConvolutionSizes,
  type TwoConvolutionSettings,
} from '../../../domain/twoConvolutions.ts';
import type { ScratchComparison } from '../../../state/ownBaseState.ts';
import { useFormat } from '../../../ui/format.ts';
import { EpochCurves } from './EpochCurves.tsx';
import styles from './EpochCurves.module.css';
import { heldOutPoints } from './useFitLines.ts';

interface ComparedCurvesProps {
  readonly comparison: ScratchComparison;
  readonly settings: TwoConvolutionSettings;
  readonly numClasses: number;
}

const FITS = ['transferred', 'scratch'] as const;

/** Both trainings side by side: what each was worth after an epoch and at the end, and how long it took. */
export function ComparedCurves({ comparison, settings, numClasses }: ComparedCurvesProps) {
  const { t } = useTranslation('ownBase');
  const hasHeldOut = comparison.scratch.epochs[0]?.validationAccuracy != null;
  const lines = useMemo(
    () =>
      FITS.map((fit) => ({
        name: t(`curves.${fit}`),
        isMarked: fit === 'transferred',
        points: pointsOf(comparison[fit], hasHeldOut),
      })),
    [t, comparison, hasHeldOut],
  );
  const { numParameters, numFrozenParameters } = twoConvolutionSizes(settings, numClasses);
  const numTrained = { transferred: numParameters - numFrozenParameters, scratch: numParameters };
  return (
    <>
      <div
        className={styles['scroll']}
        role="group"
        aria-label={t('comparison.caption')}
        tabIndex={0}
      >
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('comparison.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('comparison.fit')}</th>
              <th scope="col">{t('comparison.first')}</th>
              <th scope="col">{t('comparison.last')}</th>
              <th scope="col">{t('comparison.perEpoch')}</th>
              <th scope="col">{t('comparison.total')}</th>
              <th scope="col">{t('comparison.trained')}</th>
            </tr>
          </thead>
          <tbody>
            {FITS.map((fit, i) => (
              <FitRow
                key={fit}
                name={t(`curves.${fit}`)}
                curve={comparison[fit]}
                points={lines[i]?.points ?? []}
                numTrained={numTrained[fit]}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['note']}>
        {t(hasHeldOut ? 'comparison.heldOut' : 'comparison.notHeldOut')}
      </p>
      <EpochCurves lines={lines} totalEpochs={comparison.scratch.epochs.length} />
    </>
  );
}

function pointsOf({ epochs }: FitCurve, hasHeldOut: boolean) {
  return hasHeldOut ? heldOutPoints(epochs) : epochs;
}

interface FitRowProps {
  readonly name: string;
  readonly curve: FitCurve;
  readonly points: readonly { readonly accuracy: number | null }[];
  readonly numTrained: number;
}

function FitRow({ name, curve, points, numTrained }: FitRowProps) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const percent = (accuracy: number | null | undefined) =>
    accuracy == null ? t('curves.none') : format.percent(accuracy, 1);
  const seconds = curve.durationMs / 1000;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{percent(points[0]?.accuracy)}</td>
      <td>{percent(points.at(-1)?.accuracy)}</td>
      <td>{format.number(seconds / curve.epochs.length, 2)}</td>
      <td>{format.number(seconds, 1)}</td>
      <td>{format.number(numTrained)}</td>
    </tr>
  );
}
