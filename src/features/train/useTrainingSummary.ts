import { useTranslation } from 'react-i18next';
import { heldOutEvaluation, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';
import { useCountText } from './useCountText.ts';
import { useFitDetail } from './useFitDetail.ts';

const NOT_FITTING = { search: null, epochs: [], totalEpochs: null };

/** One sentence on where the training is or how it ended; empty before the first. */
export function useTrainingSummary(): string {
  const { t } = useTranslation('train');
  const format = useFormat();
  const countText = useCountText();
  const training = useAppState((state) => state.training);
  const run = useAppState(selectedRun);
  const fitDetail = useFitDetail(training.status === 'fitting' ? training : NOT_FITTING);
  switch (training.status) {
    case 'preparing':
      return t('progress.preparing');
    case 'computing':
      return countText(training.progress);
    case 'fitting': {
      const last = training.epochs.at(-1);
      if (last === undefined) return fitDetail;
      const accuracy = format.percent(last.validationAccuracy ?? last.accuracy);
      return `${fitDetail}, ${t(last.validationAccuracy === null ? 'curves.training' : 'curves.validation')} ${accuracy}`;
    }
    case 'failed':
      return '';
    case 'idle': {
      if (run === null) return '';
      const evaluation = heldOutEvaluation(run);
      return evaluation === null
        ? t('result.doneWithoutAccuracy')
        : t('result.done', { accuracy: format.percent(evaluation.accuracy) });
    }
  }
}
