import { useTranslation } from 'react-i18next';
import { SCALINGS, type ExactConfig } from '../../domain/headConfig.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { SettingField, type SettingFieldsProps } from './SettingField.tsx';

/** Where somebody begins who sets the strength by hand. */
const FIRST_L2 = 0.01;

/** Settings of the exact solver: what is automatic is found by cross-validation. */
export function ExactFields({ config, isDisabled, onChange }: SettingFieldsProps<ExactConfig>) {
  const { t } = useTranslation('train');
  const { l2 } = config;
  return (
    <>
      <SelectField
        label={t('settings.scaling')}
        hint={t('settings.scalingHint')}
        value={config.scaling}
        options={(['auto', ...SCALINGS] as const).map((value) => ({
          value,
          label: t(`scaling.${value}`),
        }))}
        isDisabled={isDisabled}
        onChange={(scaling) => {
          onChange({ ...config, scaling });
        }}
      />
      <SelectField
        label={t('settings.strength')}
        hint={t('settings.strengthHint')}
        value={l2 === null ? 'auto' : 'own'}
        options={(['auto', 'own'] as const).map((value) => ({
          value,
          label: t(`strength.${value}`),
        }))}
        isDisabled={isDisabled}
        onChange={(strength) => {
          onChange({ ...config, l2: strength === 'auto' ? null : FIRST_L2 });
        }}
      />
      {l2 === null ? null : (
        <SettingField
          field="exactL2"
          value={l2}
          isDisabled={isDisabled}
          onChange={(value) => {
            onChange({ ...config, l2: value });
          }}
        />
      )}
    </>
  );
}
