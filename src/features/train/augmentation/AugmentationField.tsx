import { useTranslation } from 'react-i18next';
import {
  AUGMENTATION_LIMITS,
  isAugmentationValue,
  type Augmentation,
  type AugmentationField as Field,
} from '../../../domain/augmentation.ts';
import { useFormat } from '../../../ui/format.ts';
import { NumberField } from '../../../ui/NumberField.tsx';

export interface AugmentationFieldsProps {
  readonly settings: Augmentation;
  readonly isDisabled: boolean;
  readonly onChange: (settings: Augmentation) => void;
}

/** Shares are shown in percent. */
const factorOf = (field: Field) =>
  ['crop', 'colour', 'blur', 'erasing'].includes(field) ? 100 : 1;

/** One number of the augmentation, with its limits in words where what is typed is outside them. */
export function AugmentationField({
  field,
  settings,
  isDisabled,
  onChange,
}: AugmentationFieldsProps & { readonly field: Field }) {
  const { t } = useTranslation('views');
  const format = useFormat();
  const { min, max, isInteger } = AUGMENTATION_LIMITS[field];
  const factor = factorOf(field);
  const limits = { min: format.number(min * factor), max: format.number(max * factor) };
  return (
    <NumberField
      label={t(`field.${field}`)}
      hint={t(`hint.${field}`)}
      // 0.07 * 100 is not 7.
      value={Number((settings[field] * factor).toPrecision(10))}
      isValid={(typed) => isAugmentationValue(field, typed / factor)}
      error={isInteger ? t('wholeNumber', limits) : t('number', limits)}
      isDisabled={isDisabled}
      onChange={(typed) => {
        onChange({ ...settings, [field]: typed / factor });
      }}
    />
  );
}
