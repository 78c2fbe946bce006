import { useTranslation } from 'react-i18next';
import {
  MAX_SCRATCH_BYTES,
  roughScratchSeconds,
  scratchBytes,
  type ScratchFit,
} from '../../../domain/scratchFit.ts';
import {
  twoConvolutionSizes,
  type TwoConvolutionSettings,
} from '../../../domain/twoConvolutions.ts';
import { useFormat } from '../../../ui/format.ts';
import { NoticeBar } from '../../../ui/NoticeBar.tsx';
import styles from './OwnBaseCard.module.css';

interface OwnBaseFactsProps {
  readonly settings: TwoConvolutionSettings;
  readonly fit: ScratchFit;
  readonly numPhotos: number;
  readonly numClasses: number;
}

/** What the network comes to, what training it will take, and a warning where that is too much. */
export function OwnBaseFacts({ settings, fit, numPhotos, numClasses }: OwnBaseFactsProps) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const sizes = twoConvolutionSizes(settings, numClasses);
  const seconds = roughScratchSeconds(settings, fit, numPhotos, numClasses);
  const bytes = scratchBytes(settings, fit, numPhotos, numClasses);
  const facts = [
    [t('fact.parameters'), format.number(sizes.numParameters)],
    [t('fact.frozen'), format.number(sizes.numFrozenParameters)],
    [t('fact.values'), format.number(sizes.pooledValues)],
    [t('fact.time'), format.duration(seconds)],
  ] as const;
  return (
    <>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['note']}>{t('rough')}</p>
      <div role="status">
        {bytes <= MAX_SCRATCH_BYTES ? null : (
          <NoticeBar tone="warning">
            {t('tooLarge', {
              needed: format.bytes(bytes),
              available: format.bytes(MAX_SCRATCH_BYTES),
            })}
          </NoticeBar>
        )}
      </div>
    </>
  );
}
