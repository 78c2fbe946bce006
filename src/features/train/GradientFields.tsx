import type { GradientConfig } from '../../domain/headConfig.ts';
import { SettingField, type SettingFieldsProps } from './SettingField.tsx';

const FIELDS = ['epochs', 'batchSize', 'learningRate', 'l2'] as const;

/** Settings of gradient descent. */
export function GradientFields(props: SettingFieldsProps<GradientConfig>) {
  const { config, isDisabled, onChange } = props;
  return FIELDS.map((field) => (
    <SettingField
      key={field}
      field={field}
      value={config[field]}
      isDisabled={isDisabled}
      onChange={(value) => {
        onChange({ ...config, [field]: value });
      }}
    />
  ));
}
