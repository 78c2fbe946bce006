import { useTranslation } from 'react-i18next';
import type { HiddenLayerConfig } from '../../../domain/gradientSettings.ts';
import { HIDDEN_ACTIVATIONS } from '../../../domain/hiddenActivation.ts';
import type { GradientConfig } from '../../../domain/headConfig.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import styles from '../panels.module.css';
import { SettingField, type SettingFieldsProps } from '../SettingField.tsx';

/** Teachable Machine's. */
const FIRST_LAYER: HiddenLayerConfig = {
  units: 100,
  activation: 'relu',
  hasBatchNorm: false,
  dropout: 0,
};

/** How many hidden layers there are, and each. */
export function HiddenLayerFields({
  config,
  isDisabled,
  onChange,
}: SettingFieldsProps<GradientConfig>) {
  const { t } = useTranslation('train');
  const { hiddenLayers } = config;
  return (
    <>
      <SettingField
        field="hiddenLayers"
        value={hiddenLayers.length}
        isDisabled={isDisabled}
        onChange={(numLayers) => {
          onChange(withLayers(config, numLayers));
        }}
      />
      {hiddenLayers.map((layer, position) => (
        // Layers are told apart by nothing but where they are.
        <fieldset key={position} className={styles['group']}>
          <legend>{t('settings.layer', { number: position + 1 })}</legend>
          <LayerFields
            config={layer}
            isDisabled={isDisabled}
            onChange={(changed) => {
              onChange({ ...config, hiddenLayers: hiddenLayers.with(position, changed) });
            }}
          />
        </fieldset>
      ))}
    </>
  );
}

function withLayers(config: GradientConfig, numLayers: number): GradientConfig {
  const { hiddenLayers, initialisation } = config;
  const layers = Array.from({ length: numLayers }, (_, i) => hiddenLayers[i] ?? FIRST_LAYER);
  // From zeros, the units of a hidden layer would all stay the same.
  const isStuck = numLayers > 0 && initialisation.kernel.kind === 'zeros';
  return {
    ...config,
    hiddenLayers: layers,
    initialisation: isStuck
      ? { ...initialisation, kernel: { kind: 'glorot-uniform' } }
      : initialisation,
  };
}

function LayerFields({ config, isDisabled, onChange }: SettingFieldsProps<HiddenLayerConfig>) {
  const { t } = useTranslation('train');
  return (
    <>
      <SettingField
        field="units"
        value={config.units}
        isDisabled={isDisabled}
        onChange={(units) => {
          onChange({ ...config, units });
        }}
      />
      <SelectField
        label={t('settings.activation')}
        value={config.activation}
        options={HIDDEN_ACTIVATIONS.map((value) => ({ value, label: t(`activation.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(activation) => {
          onChange({ ...config, activation });
        }}
      />
      <SelectField
        label={t('settings.batchNorm')}
        value={config.hasBatchNorm ? 'on' : 'off'}
        options={(['off', 'on'] as const).map((value) => ({
          value,
          label: t(`batchNorm.${value}`),
        }))}
        isDisabled={isDisabled}
        onChange={(choice) => {
          onChange({ ...config, hasBatchNorm: choice === 'on' });
        }}
      />
      <SettingField
        field="dropout"
        value={config.dropout}
        isDisabled={isDisabled}
        onChange={(dropout) => {
          onChange({ ...config, dropout });
        }}
      />
    </>
  );
}
