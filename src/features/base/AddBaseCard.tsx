import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { FilePickerButton } from '../../ui/FilePickerButton.tsx';
import { FolderIcon, UploadIcon } from '../../ui/icons.tsx';
import styles from './AddBaseCard.module.css';
import { BaseUrlForm } from './BaseUrlForm.tsx';
import { KeptPart } from './KeptPart.tsx';
import type { Imports } from './useImport.ts';

/** Files, folders, zips and addresses of networks that are not in the catalogue. */
export function AddBaseCard({ imports }: { readonly imports: Imports }) {
  const { t } = useTranslation('base');
  const isBusy = useAppState(({ baseImport }) => baseImport.status === 'running');
  return (
    <Card as="section" aria-labelledby="add-base">
      <h2 id="add-base">{t('add.title')}</h2>
      <p className={styles['text']}>{t('add.text')}</p>
      <p className={styles['formats']}>{t('add.formats')}</p>
      <div className={styles['ways']}>
        <div className={styles['pickers']}>
          <FilePickerButton icon={<UploadIcon />} isDisabled={isBusy} onPick={imports.addFiles}>
            {t('add.files')}
          </FilePickerButton>
          <FilePickerButton
            icon={<FolderIcon />}
            isFolder
            isDisabled={isBusy}
            onPick={imports.addFiles}
          >
            {t('add.folder')}
          </FilePickerButton>
        </div>
        <BaseUrlForm isDisabled={isBusy} onAdd={imports.addUrl} />
      </div>
      <StoppedDownloads onResume={imports.addUrl} />
    </Card>
  );
}

interface StoppedDownloadsProps {
  readonly onResume: (url: string, isHeadless: boolean) => void;
}

function StoppedDownloads({ onResume }: StoppedDownloadsProps) {
  const { t } = useTranslation('base');
  const stopped = useAppState((state) => state.stoppedDownloads);
  const discardDownload = useAppState((state) => state.discardDownload);
  if (stopped.length === 0) return null;
  return (
    <ul aria-label={t('add.stopped')} className={styles['stopped']}>
      {stopped.map(({ url, bytesKept }) => (
        <li key={url}>
          <p className={styles['address']}>{url}</p>
          <KeptPart
            name={url}
            bytesKept={bytesKept}
            onResume={() => {
              onResume(url, true);
            }}
            onDiscard={() => void discardDownload(url)}
          />
        </li>
      ))}
    </ul>
  );
}
