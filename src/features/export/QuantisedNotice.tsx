import { useTranslation } from 'react-i18next';
import type { QuantisedModel } from '../../state/exportState.ts';
import { useCounts } from '../../ui/counts.ts';
import { downloadFile } from '../../ui/download.ts';
import { useFormat } from '../../ui/format.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './ExportPage.module.css';

/** Points of accuracy that it is a pity to lose. */
const LARGE_LOSS = 0.03;

/** What a model of 8 bits loses, with the file to save. */
export function QuantisedNotice({ quantised }: { readonly quantised: QuantisedModel }) {
  const { t } = useTranslation('export');
  const counts = useCounts();
  const format = useFormat();
  const {
    file,
    report: { numPhotos, agreement, accuracy },
  } = quantised;
  const isLarge = accuracy !== null && accuracy.before - accuracy.after > LARGE_LOSS;
  const values = { photos: counts.photos(numPhotos), agreement: format.percent(agreement) };
  const save = () => {
    downloadFile(file.blob, file.fileName);
  };
  return (
    <div role="status" className={styles['notice']}>
      <NoticeBar
        tone={isLarge ? 'warning' : 'neutral'}
        action={{ label: t('quantised.save'), onSelect: save }}
      >
        {accuracy === null
          ? t('quantised.agreement', values)
          : t(isLarge ? 'quantised.largeLoss' : 'quantised.accuracy', {
              ...values,
              before: format.percent(accuracy.before),
              after: format.percent(accuracy.after),
            })}
      </NoticeBar>
    </div>
  );
}
