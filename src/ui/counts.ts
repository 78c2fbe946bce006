import { useTranslation } from 'react-i18next';
import { useFormat } from './format.ts';

export interface Counts {
  /** “1 photo”, “3,670 photos”. */
  readonly photos: (count: number) => string;
  readonly classes: (count: number) => string;
}

/** Counted things in words. */
export function useCounts(): Counts {
  const { t } = useTranslation('common');
  const format = useFormat();
  return {
    photos: (count) => t('photos', { count, formatted: format.number(count) }),
    classes: (count) => t('classes', { count, formatted: format.number(count) }),
  };
}
