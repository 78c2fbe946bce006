import { useTranslation } from 'react-i18next';
import {
  GRADIENT_PRESETS,
  PRESET_CONFIGS,
  type GradientPreset,
} from '../../../domain/gradientPresets.ts';
import type { GradientConfig } from '../../../domain/headConfig.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import type { SettingFieldsProps } from '../SettingField.tsx';

/** The preset that the settings are, or none; choosing one sets everything but the seed. */
export function PresetField({ config, isDisabled, onChange }: SettingFieldsProps<GradientConfig>) {
  const { t } = useTranslation('train');
  return (
    <SelectField
      label={t('settings.preset')}
      hint={t('settings.presetHint')}
      value={presetOf(config)}
      options={(['own', ...GRADIENT_PRESETS] as const).map((value) => ({
        value,
        label: t(`preset.${value}`),
      }))}
      isDisabled={isDisabled}
      onChange={(preset) => {
        if (preset !== 'own') onChange({ ...config, ...PRESET_CONFIGS[preset] });
      }}
    />
  );
}

function presetOf(config: GradientConfig): GradientPreset | 'own' {
  const values = new Map<string, unknown>(Object.entries(config));
  const isLike = (preset: GradientPreset) =>
    Object.entries(PRESET_CONFIGS[preset]).every(
      ([field, value]) => JSON.stringify(values.get(field)) === JSON.stringify(value),
    );
  return GRADIENT_PRESETS.find(isLike) ?? 'own';
}
