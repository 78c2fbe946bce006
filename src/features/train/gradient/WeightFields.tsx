import { useTranslation } from 'react-i18next';
import {
  CLIPPINGS,
  INITIALISERS,
  type ClippingConfig,
  type ClippingKind,
  type InitialisationConfig,
} from '../../../domain/gradientSettings.ts';
import { SCALINGS, type GradientConfig } from '../../../domain/headConfig.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { SettingField, type SettingFieldsProps } from '../SettingField.tsx';

/** What the weights begin with and what keeps them small. */
export function WeightFields({ config, isDisabled, onChange }: SettingFieldsProps<GradientConfig>) {
  const { t } = useTranslation('train');
  return (
    <>
      <SelectField
        label={t('settings.scaling')}
        hint={t('settings.scalingOfActivations')}
        value={config.scaling}
        options={SCALINGS.map((value) => ({ value, label: t(`scaling.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(scaling) => {
          onChange({ ...config, scaling });
        }}
      />
      <InitialisationFields
        config={config.initialisation}
        isDisabled={isDisabled}
        onChange={(initialisation) => {
          onChange({ ...config, initialisation });
        }}
      />
      <SettingField
        field="l1"
        value={config.l1}
        isDisabled={isDisabled}
        onChange={(l1) => {
          onChange({ ...config, l1 });
        }}
      />
      <ClippingFields
        config={config.clipping}
        isDisabled={isDisabled}
        onChange={(clipping) => {
          onChange({ ...config, clipping });
        }}
      />
    </>
  );
}

function InitialisationFields({
  config,
  isDisabled,
  onChange,
}: SettingFieldsProps<InitialisationConfig>) {
  const { t } = useTranslation('train');
  const { kernel } = config;
  return (
    <>
      <SelectField
        label={t('settings.initialiser')}
        value={kernel.kind}
        options={INITIALISERS.map((value) => ({ value, label: t(`initialiser.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(kind) => {
          onChange({
            ...config,
            kernel: kind === 'constant' ? { kind, kernelValue: 0.01 } : { kind },
          });
        }}
      />
      {kernel.kind === 'constant' ? (
        <SettingField
          field="kernelValue"
          value={kernel.kernelValue}
          isDisabled={isDisabled}
          onChange={(kernelValue) => {
            onChange({ ...config, kernel: { ...kernel, kernelValue } });
          }}
        />
      ) : null}
      <SettingField
        field="biasValue"
        value={config.biasValue}
        isDisabled={isDisabled}
        onChange={(biasValue) => {
          onChange({ ...config, biasValue });
        }}
      />
    </>
  );
}

function ClippingFields({ config, isDisabled, onChange }: SettingFieldsProps<ClippingConfig>) {
  const { t } = useTranslation('train');
  return (
    <>
      <SelectField
        label={t('settings.clipping')}
        value={config.kind}
        options={CLIPPINGS.map((value) => ({ value, label: t(`clipping.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(kind) => {
          onChange(firstClipping(kind));
        }}
      />
      {'clipLimit' in config ? (
        <SettingField
          field="clipLimit"
          value={config.clipLimit}
          isDisabled={isDisabled}
          onChange={(clipLimit) => {
            onChange({ ...config, clipLimit });
          }}
        />
      ) : null}
    </>
  );
}

/** Where somebody begins who chooses it. */
function firstClipping(kind: ClippingKind): ClippingConfig {
  return kind === 'none' || kind === 'renormalise' ? { kind } : { kind, clipLimit: 1 };
}
