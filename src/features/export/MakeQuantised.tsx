import { useTranslation } from 'react-i18next';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { QuantisedNotice } from './QuantisedNotice.tsx';

/** Makes a model of 8 bits and shows what it loses; saving it is a step of its own. */
export function MakeQuantised({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('export');
  const isSaving = useAppState((state) => state.saving.status === 'running');
  const quantised = useAppState((state) => state.quantised);
  const exportQuantised = useAppState((state) => state.exportQuantised);
  return (
    <>
      <Button variant="primary" disabled={isSaving} onClick={() => void exportQuantised(run)}>
        {t('quantised.make')}
      </Button>
      {quantised?.report.headId === run.headId ? <QuantisedNotice quantised={quantised} /> : null}
    </>
  );
}
