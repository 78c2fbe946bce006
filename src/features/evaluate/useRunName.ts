import { useTranslation } from 'react-i18next';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { heldOutEvaluation } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';

/** “Run 3 · 12 Mar 2027, 14:05 · 88 %”. */
export function useRunName(): (run: CompletedRun) => string {
  const { t } = useTranslation('evaluate');
  const format = useFormat();
  const runs = useAppState((state) => state.runs);
  return (run) => {
    const evaluation = heldOutEvaluation(run);
    const parts = [
      t('runName', { number: runs.length - runs.findIndex(({ id }) => id === run.id) }),
      format.time(run.startedAt),
      ...(evaluation === null ? [] : [format.percent(evaluation.accuracy)]),
    ];
    return parts.join(' · ');
  };
}
