import { useTranslation } from 'react-i18next';
import { heldOutEvaluation, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';

/** One sentence on where the training is or how it ended; empty before the first. */
export function useTrainingSummary(): string {
  const { t } = useTranslation('train');
  const format = useFormat();
  const training = useAppState((state) => state.training);
  const run = useAppState(selectedRun);
  switch (training.status) {
    case 'preparing':
      return t('progress.preparing');
    case 'computing': {
      const { done, total } = training.progress;
      return t('progress.photos', { done: format.number(done), total: format.number(total) });
    }
    case 'fitting': {
      const last = training.epochs.at(-1);
      const epoch = t('progress.epoch', {
        epoch: training.epochs.length,
        total: training.totalEpochs,
      });
      if (last === undefined) return epoch;
      const accuracy = format.percent(last.validationAccuracy ?? last.accuracy);
      return `${epoch}, ${t(last.validationAccuracy === null ? 'curves.training' : 'curves.validation')} ${accuracy}`;
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
