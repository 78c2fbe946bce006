import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';

/** How many photos are computed of how many, as a function; with the views where there are any. */
export function useCountText(): (progress: {
  readonly done: number;
  readonly total: number;
}) => string {
  const { t } = useTranslation('train');
  const format = useFormat();
  const numViews = useAppState(({ project }) => project?.augmentation?.numViews ?? 0);
  return ({ done, total }) =>
    t(numViews > 0 ? 'progress.views' : 'progress.photos', {
      done: format.number(done),
      total: format.number(total),
    });
}
