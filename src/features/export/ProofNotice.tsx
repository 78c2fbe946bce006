import { useTranslation } from 'react-i18next';
import {
  FORMAT_FACTS,
  type AnsweredProof,
  type ComparedProof,
  type ExportProof,
} from '../../domain/exportFormat.ts';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './ExportPage.module.css';

/** That the file which was just saved says what the app says, and how that was found out. */
export function ProofNotice({ proof }: { readonly proof: ExportProof }) {
  const sentences = useSentences();
  const sentence = 'numValues' in proof ? sentences.compared(proof) : sentences.answered(proof);
  if (sentence === null) return null;
  return (
    <div role="status" className={styles['notice']}>
      <NoticeBar tone="neutral">{sentence}</NoticeBar>
    </div>
  );
}

function useSentences() {
  const { t } = useTranslation('export');
  const counts = useCounts();
  const format = useFormat();
  return {
    answered: (proof: AnsweredProof) => {
      const { proof: kind, runtime } = FORMAT_FACTS[proof.format];
      if (kind === 'measured') return null;
      const photos = counts.photos(proof.numPhotos);
      return t(`proof.${kind}`, {
        runtime,
        pictures: proof.numPhotos === 0 ? t('proof.drawings') : t('proof.pictures', { photos }),
        difference: format.scientific(proof.largestDifference),
      });
    },
    compared: ({ numValues, numLeftOut }: ComparedProof) => {
      const compared = t('proof.compared', { values: format.number(numValues) });
      if (numLeftOut === 0) return compared;
      return `${compared} ${t('proof.leftOut', { photos: counts.photos(numLeftOut) })}`;
    },
  };
}
