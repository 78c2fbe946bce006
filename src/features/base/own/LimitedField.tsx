import { useTranslation } from 'react-i18next';
import type { SCRATCH_FIT_LIMITS } from '../../../domain/scratchFit.ts';
import type { TWO_CONVOLUTION_LIMITS } from '../../../domain/twoConvolutions.ts';
import { useFormat } from '../../../ui/format.ts';
import { NumberField } from '../../../ui/NumberField.tsx';

interface LimitedFieldProps {
  readonly field: keyof typeof SCRATCH_FIT_LIMITS | keyof typeof TWO_CONVOLUTION_LIMITS;
  readonly limits: { readonly min: number; readonly max: number; readonly isInteger: boolean };
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
}

/** One number of the network or its training; shares are shown in percent. */
export function LimitedField({ field, limits, value, isDisabled, onChange }: LimitedFieldProps) {
  const { t } = useTranslation('ownBase');
  const format = useFormat();
  const factor = field === 'dropout' || field === 'denseDropout' ? 100 : 1;
  const { min, max, isInteger } = limits;
  const said = { min: format.number(min * factor, 6), max: format.number(max * factor) };
  return (
    <NumberField
      label={t(`field.${field}`)}
      hint={t(`hint.${field}`)}
      value={Number((value * factor).toPrecision(10))}
      isValid={(typed) =>
        typed >= min * factor && typed <= max * factor && (!isInteger || Number.isInteger(typed))
      }
      error={isInteger ? t('wholeNumber', said) : t('number', said)}
      isDisabled={isDisabled}
      onChange={(typed) => {
        onChange(typed / factor);
      }}
    />
  );
}
