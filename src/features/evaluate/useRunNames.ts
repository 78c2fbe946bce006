import { useTranslation } from 'react-i18next';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { heldOutEvaluation } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';

interface RunNames {
  /** “Run 3 · 12 Mar 2027, 14:05”. */
  readonly title: (run: CompletedRun) => string;
  /** The same with the accuracy, for choosing among runs. */
  readonly option: (run: CompletedRun) => string;
}

export function useRunNames(): RunNames {
  const { t } = useTranslation('evaluate');
  const format = useFormat();
  const runs = useAppState((state) => state.runs);
  const title = (run: CompletedRun) => {
    const number = runs.length - runs.findIndex(({ id }) => id === run.id);
    return `${t('runName', { number })} · ${format.time(run.startedAt)}`;
  };
  const option = (run: CompletedRun) => {
    const evaluation = heldOutEvaluation(run);
    return evaluation === null
      ? title(run)
      : `${title(run)} · ${format.percent(evaluation.accuracy)}`;
  };
  return { title, option };
}
