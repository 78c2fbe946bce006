import { useTranslation } from 'react-i18next';
import type { GradientSettings } from '../../../domain/gradientSettings.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { SettingField, type SettingFieldsProps } from '../SettingField.tsx';

/** Where somebody begins who stops early. */
const FIRST_PATIENCE = 5;

/** When it is enough. */
export function EarlyStoppingFields<Config extends Pick<GradientSettings, 'earlyStopping'>>({
  config,
  isDisabled,
  onChange,
}: SettingFieldsProps<Config>) {
  const { t } = useTranslation('train');
  const { earlyStopping } = config;
  return (
    <>
      <SelectField
        label={t('settings.earlyStopping')}
        hint={t('settings.earlyStoppingHint')}
        value={earlyStopping === null ? 'off' : 'on'}
        options={(['off', 'on'] as const).map((value) => ({
          value,
          label: t(`earlyStopping.${value}`),
        }))}
        isDisabled={isDisabled}
        onChange={(choice) => {
          onChange({
            ...config,
            earlyStopping: choice === 'on' ? { patience: FIRST_PATIENCE } : null,
          });
        }}
      />
      {earlyStopping === null ? null : (
        <SettingField
          field="patience"
          value={earlyStopping.patience}
          isDisabled={isDisabled}
          onChange={(patience) => {
            onChange({ ...config, earlyStopping: { patience } });
          }}
        />
      )}
    </>
  );
}
