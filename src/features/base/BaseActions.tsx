import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BaseOffer } from '../../domain/baseModel.ts';
import type { BaseAvailability, KnownBase } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadFile } from '../../ui/download.ts';
import { DownloadIcon, TrashIcon } from '../../ui/icons.tsx';
import styles from './BaseActions.module.css';
import { DownloadProgress } from './DownloadProgress.tsx';
import { FailureNotice } from '../../ui/FailureNotice.tsx';
import { KeptPart } from './KeptPart.tsx';
import { RemoveBaseDialog } from './RemoveBaseDialog.tsx';

interface BaseActionsProps {
  readonly known: KnownBase;
  readonly isInUse: boolean;
}

/** What can be done with a base, as far as it is here. */
export function BaseActions({ known, isInUse }: BaseActionsProps) {
  const { base, availability } = known;
  const cancelDownload = useAppState((state) => state.cancelDownload);
  switch (availability.status) {
    case 'ready':
      return (
        <ReadyActions known={known} isInUse={isInUse} storedBytes={availability.storedBytes} />
      );
    case 'downloading':
      return (
        <DownloadProgress
          name={base.name}
          progress={availability}
          onCancel={() => {
            cancelDownload(base.id);
          }}
        />
      );
    case 'failed':
      return (
        <>
          <FailureNotice failure={availability.failure} />
          <DownloadButtons known={known} availability={availability} />
        </>
      );
    case 'not-stored':
      return <DownloadButtons known={known} availability={availability} />;
  }
}

interface ReadyActionsProps extends BaseActionsProps {
  readonly storedBytes: number | null;
}

function ReadyActions({ known: { base }, isInUse, storedBytes }: ReadyActionsProps) {
  const { t } = useTranslation('base');
  const setBase = useAppState((state) => state.setBase);
  const isBusy = useAppState(
    ({ training: { status } }) => status !== 'idle' && status !== 'failed',
  );
  const [isRemoving, setIsRemoving] = useState(false);
  const { name } = base;
  if (isInUse && storedBytes === null) return null;
  return (
    <div className={styles['buttons']}>
      {isInUse ? null : (
        <Button
          aria-label={t('useName', { name })}
          disabled={isBusy}
          onClick={() => void setBase(base.id)}
        >
          {t('use')}
        </Button>
      )}
      {base.origin === 'trained' || base.origin === 'imported' ? <SaveFiles base={base} /> : null}
      {storedBytes === null ? null : (
        <Button
          variant="quiet"
          icon={<TrashIcon />}
          aria-label={t('removeName', { name })}
          disabled={isBusy}
          onClick={() => {
            setIsRemoving(true);
          }}
        >
          {t('remove')}
        </Button>
      )}
      {isRemoving && storedBytes !== null ? (
        <RemoveBaseDialog
          base={base}
          storedBytes={storedBytes}
          onClose={() => {
            setIsRemoving(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** For what nobody offers for download: to take it to another machine. */
function SaveFiles({ base: { id, name } }: { readonly base: BaseOffer }) {
  const { t } = useTranslation('base');
  const saveBaseFiles = useAppState((state) => state.saveBaseFiles);
  const save = async () => {
    const file = await saveBaseFiles(id);
    if (file !== null) downloadFile(file.blob, file.fileName);
  };
  return (
    <Button
      variant="quiet"
      icon={<DownloadIcon />}
      aria-label={t('saveFilesName', { name })}
      onClick={() => void save()}
    >
      {t('saveFiles')}
    </Button>
  );
}

interface DownloadButtonsProps {
  readonly known: KnownBase;
  readonly availability: Extract<BaseAvailability, { status: 'not-stored' | 'failed' }>;
}

/** Download; again where it failed, further where a part is kept. */
function DownloadButtons({ known: { base }, availability }: DownloadButtonsProps) {
  const { t } = useTranslation('base');
  const downloadBase = useAppState((state) => state.downloadBase);
  const discardDownload = useAppState((state) => state.discardDownload);
  const { name } = base;
  if (availability.bytesKept > 0) {
    return (
      <KeptPart
        name={name}
        bytesKept={availability.bytesKept}
        onResume={() => void downloadBase(base.id)}
        onDiscard={() => void discardDownload(base.id)}
      />
    );
  }
  const isRetry = availability.status === 'failed';
  return (
    <div className={styles['buttons']}>
      <Button
        icon={<DownloadIcon />}
        aria-label={isRetry ? t('retryName', { name }) : t('downloadName', { name })}
        onClick={() => void downloadBase(base.id)}
      >
        {isRetry ? t('retry') : t('download')}
      </Button>
    </div>
  );
}
