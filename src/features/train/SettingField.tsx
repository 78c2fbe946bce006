import { useTranslation } from 'react-i18next';
import {
  HEAD_CONFIG_LIMITS,
  isHeadConfigValue,
  type HeadConfigField,
} from '../../domain/headConfig.ts';
import { useFormat } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';

/** What the fields of every solver are given. */
export interface SettingFieldsProps<Config> {
  readonly config: Config;
  readonly isDisabled: boolean;
  readonly onChange: (config: Config) => void;
}

interface SettingFieldProps {
  readonly field: HeadConfigField;
  /** Where one field stands for several numbers. */
  readonly label?: string;
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
}

/** Shares are shown in percent. */
const factorOf = (field: HeadConfigField) =>
  ['validationShare', 'dropout', 'labelSmoothing'].includes(field) ? 100 : 1;

/** One number of the configuration, with its limits in words where what is typed is outside them. */
export function SettingField({ field, label, value, isDisabled, onChange }: SettingFieldProps) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const { min, max, isInteger } = HEAD_CONFIG_LIMITS[field];
  const factor = factorOf(field);
  const limits = { min: format.number(min * factor, 6), max: format.number(max * factor) };
  return (
    <NumberField
      label={label ?? t(`settings.${field}`)}
      hint={t(`settings.${field}Hint`)}
      // 0.07 * 100 is not 7.
      value={Number((value * factor).toPrecision(10))}
      isValid={(typed) => isHeadConfigValue(field, typed / factor)}
      error={isInteger ? t('settings.wholeNumber', limits) : t('settings.number', limits)}
      isDisabled={isDisabled}
      onChange={(typed) => {
        onChange(typed / factor);
      }}
    />
  );
}
