import { useTranslation } from 'react-i18next';
import {
  CLASS_WEIGHTINGS,
  type ClassWeightsConfig,
  type GradientSettings,
} from '../../../domain/gradientSettings.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { SettingField, type SettingFieldsProps } from '../SettingField.tsx';

/** What counts how much. */
export function TargetFields<
  Config extends Pick<GradientSettings, 'labelSmoothing' | 'classWeights'>,
>({ config, isDisabled, onChange }: SettingFieldsProps<Config>) {
  return (
    <>
      <SettingField
        field="labelSmoothing"
        value={config.labelSmoothing}
        isDisabled={isDisabled}
        onChange={(labelSmoothing) => {
          onChange({ ...config, labelSmoothing });
        }}
      />
      <ClassWeightFields
        config={config.classWeights}
        isDisabled={isDisabled}
        onChange={(classWeights) => {
          onChange({ ...config, classWeights });
        }}
      />
    </>
  );
}

function ClassWeightFields({
  config,
  isDisabled,
  onChange,
}: SettingFieldsProps<ClassWeightsConfig>) {
  const { t } = useTranslation('train');
  const classLabels = useAppState((state) => state.project?.classLabels) ?? [];
  return (
    <>
      <SelectField
        label={t('settings.classWeights')}
        hint={t('settings.classWeightsHint')}
        value={config.kind}
        options={CLASS_WEIGHTINGS.map((value) => ({ value, label: t(`classWeights.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(kind) => {
          onChange(kind === 'own' ? { kind, byClass: {} } : { kind });
        }}
      />
      {config.kind === 'own'
        ? classLabels.map(({ id, name }) => (
            <SettingField
              key={id}
              field="classWeight"
              label={t('settings.weightOf', { name })}
              value={config.byClass[id] ?? 1}
              isDisabled={isDisabled}
              onChange={(weight) => {
                onChange({ ...config, byClass: { ...config.byClass, [id]: weight } });
              }}
            />
          ))
        : null}
    </>
  );
}
