import { useTranslation } from 'react-i18next';
import type { TrainingStatus } from '../../state/trainState.ts';
import { useFormat } from '../../ui/format.ts';

type Fitting = Pick<
  Extract<TrainingStatus, { status: 'fitting' }>,
  'search' | 'epochs' | 'totalEpochs'
>;

/** How far a fit is: which fit of the search, which epoch, or which iteration where no end is set. */
export function useFitDetail({ search, epochs, totalEpochs }: Fitting): string {
  const { t } = useTranslation('train');
  const format = useFormat();
  if (search !== null) {
    const fit = Math.min(search.done + 1, search.total);
    return t('progress.fit', { fit: format.number(fit), total: format.number(search.total) });
  }
  const epoch = epochs.length;
  if (totalEpochs === null) return t('progress.iteration', { iteration: format.number(epoch) });
  return t('progress.epoch', { epoch, total: totalEpochs });
}
