import { useTranslation } from 'react-i18next';
import { FORMAT_FACTS, type ExportProof } from '../../domain/exportFormat.ts';
import { useCounts } from '../../ui/counts.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './ExportPage.module.css';

/** That the file which was just saved answers as the app does, and how nearly. */
export function ProofNotice({ proof }: { readonly proof: ExportProof }) {
  const { t } = useTranslation('export');
  const counts = useCounts();
  const { proof: kind, runtime } = FORMAT_FACTS[proof.format];
  if (kind === 'measured') return null;
  return (
    <div role="status" className={styles['notice']}>
      <NoticeBar tone="neutral">
        {t(`proof.${kind}`, {
          runtime,
          photos: counts.photos(proof.numPhotos),
          difference: proof.largestDifference.toExponential(1),
        })}
      </NoticeBar>
    </div>
  );
}
