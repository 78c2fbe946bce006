import { useTranslation } from 'react-i18next';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { downloadFile } from '../../ui/download.ts';
import { DropHint } from '../../ui/DropHint.tsx';
import { FilePickerButton } from '../../ui/FilePickerButton.tsx';
import { useFormat } from '../../ui/format.ts';
import { DownloadIcon, FolderIcon, PhotoIcon, TrashIcon } from '../../ui/icons.tsx';
import { LiveText } from '../../ui/LiveText.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useFileDrop } from '../../ui/useFileDrop.ts';
import { PredictionSummary } from './PredictionSummary.tsx';
import { PredictionTable } from './PredictionTable.tsx';
import styles from './FilesCard.module.css';

const CSV_NAME = 'predictions.csv';

/** Answers on photos that are dropped anywhere on the page or picked, as a table that can be kept. */
export function FilesCard({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('predict');
  const predictDrop = useAppState((state) => state.predictDrop);
  const predictFiles = useAppState((state) => state.predictFiles);
  const predictedFiles = useAppState((state) => state.predictedFiles);
  const isRunning = useAppState((state) => state.batch.status === 'running');
  const isDragging = useFileDrop((data) => void predictDrop(run.headId, data));
  const pick = (files: readonly File[]) => void predictFiles(run.headId, files);
  return (
    <Card as="section" aria-labelledby="files">
      {isDragging ? <DropHint>{t('files.drop')}</DropHint> : null}
      <h2 id="files">{t('files.title')}</h2>
      <p className={styles['hint']}>{t('files.hint')}</p>
      <div className={styles['actions']}>
        <FilePickerButton
          icon={<PhotoIcon />}
          accept="image/*,.zip"
          isDisabled={isRunning}
          onPick={pick}
        >
          {t('files.choosePhotos')}
        </FilePickerButton>
        <FilePickerButton icon={<FolderIcon />} isFolder isDisabled={isRunning} onPick={pick}>
          {t('files.chooseFolder')}
        </FilePickerButton>
        {predictedFiles.length === 0 ? null : <TableActions isRunning={isRunning} />}
      </div>
      <BatchProgress />
      {predictedFiles.length === 0 ? null : (
        <>
          <PredictionSummary />
          <PredictionTable />
        </>
      )}
    </Card>
  );
}

function TableActions({ isRunning }: { readonly isRunning: boolean }) {
  const { t } = useTranslation('predict');
  const predictionsCsv = useAppState((state) => state.predictionsCsv);
  const clearPredictions = useAppState((state) => state.clearPredictions);
  return (
    <div className={styles['tableActions']}>
      <Button
        icon={<DownloadIcon />}
        disabled={isRunning}
        onClick={() => {
          downloadFile(predictionsCsv(), CSV_NAME);
        }}
      >
        {t('files.downloadCsv')}
      </Button>
      <Button variant="quiet" icon={<TrashIcon />} disabled={isRunning} onClick={clearPredictions}>
        {t('files.clear')}
      </Button>
    </div>
  );
}

function BatchProgress() {
  const { t } = useTranslation('predict');
  const format = useFormat();
  const batch = useAppState((state) => state.batch);
  const numAnswers = useAppState((state) => state.predictedFiles.length);
  const cancelPrediction = useAppState((state) => state.cancelPrediction);
  const answers = t('files.answers', { count: numAnswers, formatted: format.number(numAnswers) });
  if (batch.status === 'idle') return <LiveText text={numAnswers === 0 ? '' : answers} />;
  const { done, total } = batch;
  const detail = t('files.progress', { done: format.number(done), total: format.number(total) });
  return (
    <div className={styles['progress']}>
      <LiveText text={detail} />
      <ProgressBar
        label={t('files.predicting')}
        share={total === 0 ? null : done / total}
        detail={total === 0 ? undefined : detail}
        onCancel={cancelPrediction}
      />
    </div>
  );
}
