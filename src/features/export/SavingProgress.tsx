import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

/** How far the file is. Nothing while none is being made. */
export function SavingProgress() {
  const { t } = useTranslation('export');
  const format = useFormat();
  const saving = useAppState((state) => state.saving);
  const cancelSaving = useAppState((state) => state.cancelSaving);
  if (saving.status !== 'running') return null;
  const { done, total, stage, secondsLeft } = saving;
  return (
    <Card>
      <ProgressBar
        label={t(stage === null ? 'saving' : `stage.${stage}`)}
        share={total === 0 ? null : done / total}
        detail={
          total === 0
            ? undefined
            : t('progress', { done: format.number(done), total: format.number(total) })
        }
        secondsLeft={secondsLeft}
        onCancel={cancelSaving}
      />
    </Card>
  );
}
