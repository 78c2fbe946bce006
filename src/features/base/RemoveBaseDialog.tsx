import { useTranslation } from 'react-i18next';
import type { BaseOffer } from '../../domain/baseModel.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';

interface RemoveBaseDialogProps {
  readonly base: BaseOffer;
  readonly storedBytes: number;
  readonly onClose: () => void;
}

/** Asks first: files that the user gave cannot be had back by a click. */
export function RemoveBaseDialog({ base, storedBytes, onClose }: RemoveBaseDialogProps) {
  const { t } = useTranslation(['base', 'common']);
  const format = useFormat();
  const removeBase = useAppState((state) => state.removeBase);
  return (
    <Dialog
      title={t('removeDialog.title', { name: base.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              void removeBase(base.id);
            }}
          >
            {t('remove')}
          </Button>
        </>
      }
    >
      <p>
        {t('removeDialog.text', { size: format.bytes(storedBytes) })}{' '}
        <HowToGetItBack origin={base.origin} />
      </p>
    </Dialog>
  );
}

function HowToGetItBack({ origin }: Pick<BaseOffer, 'origin'>) {
  const { t } = useTranslation(['base', 'ownBase']);
  if (origin === 'trained') return t('ownBase:removed');
  return t(origin === 'imported' ? 'removeDialog.imported' : 'removeDialog.fromCatalogue');
}
