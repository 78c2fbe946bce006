import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMetrics } from '../../../domain/trainingRun.ts';
import type { EpochLine } from './epochLine.ts';

/** Training photos and, where there are any, held-out ones. */
export function useFitLines(epochs: readonly EpochMetrics[]): readonly EpochLine[] {
  const { t } = useTranslation('ownBase');
  return useMemo(() => {
    const training = { name: t('curves.training'), isMarked: false, points: epochs };
    const hasHeldOut = epochs[0]?.validationAccuracy != null;
    if (!hasHeldOut) return [training];
    return [training, { name: t('curves.heldOut'), isMarked: true, points: heldOutPoints(epochs) }];
  }, [t, epochs]);
}

/** The same epochs as held-out photos saw them, `null` where none were held out. */
export function heldOutPoints(epochs: readonly EpochMetrics[]): EpochLine['points'] {
  return epochs.map(({ validationAccuracy, validationLoss }) => ({
    accuracy: validationAccuracy,
    loss: validationLoss,
  }));
}
