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
  return (
    <ProgressBar
      label={t('downloading', { name })}
      share={bytesTotal === 0 ? null : bytesDone / bytesTotal}
      detail={t('downloaded', {
        done: format.bytes(bytesDone),
        total: format.bytes(bytesTotal),
      })}
      secondsLeft={secondsLeft}
      onCancel={onCancel}
    />
  );
}
