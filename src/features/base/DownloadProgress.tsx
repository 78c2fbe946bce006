import { useTranslation } from 'react-i18next';
import type { DownloadStatus } from '../../state/appState.ts';
import { useFormat } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

interface DownloadProgressProps {
  readonly name: string;
  readonly progress: DownloadStatus;
  readonly onCancel: () => void;
}

export function DownloadProgress({ name, progress, onCancel }: DownloadProgressProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const { bytesDone, bytesTotal, secondsLeft } = progress;
  const done = format.bytes(bytesDone);
  // Some servers do not say how much is to come.
  const isTotalKnown = bytesTotal > 0;
  return (
    <ProgressBar
      label={t('downloading', { name })}
      share={isTotalKnown ? bytesDone / bytesTotal : null}
      detail={isTotalKnown ? t('downloaded', { done, total: format.bytes(bytesTotal) }) : done}
      secondsLeft={isTotalKnown ? secondsLeft : null}
      onCancel={onCancel}
    />
  );
}
