import { useTranslation } from 'react-i18next';
import type { GradientConfig } from '../../domain/headConfig.ts';
import { EarlyStoppingFields } from './gradient/EarlyStoppingFields.tsx';
import { HiddenLayerFields } from './gradient/HiddenLayerFields.tsx';
import { OptimizerFields } from './gradient/OptimizerFields.tsx';
import { PresetField } from './gradient/PresetField.tsx';
import { TargetFields } from './gradient/TargetFields.tsx';
import { WeightFields } from './gradient/WeightFields.tsx';
import styles from './panels.module.css';
import { SettingField, type SettingFieldsProps } from './SettingField.tsx';

const FIELDS = ['epochs', 'batchSize', 'learningRate', 'l2'] as const;

/** Settings of gradient descent; what few need is folded away. */
export function GradientFields(props: SettingFieldsProps<GradientConfig>) {
  const { t } = useTranslation('train');
  const { config, isDisabled, onChange } = props;
  return (
    <>
      <PresetField {...props} />
      {FIELDS.map((field) => (
        <SettingField
          key={field}
          field={field}
          value={config[field]}
          isDisabled={isDisabled}
          onChange={(value) => {
            onChange({ ...config, [field]: value });
          }}
        />
      ))}
      <details className={styles['advanced']}>
        <summary>{t('settings.advanced')}</summary>
        <div className={styles['fields']}>
          <HiddenLayerFields {...props} />
          <OptimizerFields {...props} />
          <WeightFields {...props} />
          <TargetFields {...props} />
          <EarlyStoppingFields {...props} />
        </div>
      </details>
    </>
  );
}
