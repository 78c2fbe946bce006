import { useTranslation } from 'react-i18next';
import { isDataFormat, type ExportFormat } from '../../domain/exportFormat.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadFile } from '../../ui/download.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import styles from './ExportPage.module.css';
import { ProofNotice } from './ProofNotice.tsx';

/** Makes the file, has it checked and saves it; says afterwards how the check came out. */
export function DownloadModel({
  run,
  format,
}: {
  readonly run: CompletedRun;
  readonly format: ExportFormat;
}) {
  const { t } = useTranslation('export');
  const isSaving = useAppState((state) => state.saving.status === 'running');
  const proof = useAppState((state) => state.proof);
  const exportModel = useAppState((state) => state.exportModel);
  const download = async () => {
    const file = await exportModel(run, format);
    if (file !== null) downloadFile(file.blob, file.fileName);
  };
  const isShown = proof?.headId === run.headId && proof.format === format;
  return (
    <div className={styles['download']}>
      <Button
        variant="primary"
        icon={<DownloadIcon />}
        disabled={isSaving}
        onClick={() => void download()}
      >
        {t(isDataFormat(format) ? 'data.download' : 'model.download')}
      </Button>
      {isShown ? <ProofNotice proof={proof} /> : null}
    </div>
  );
}
