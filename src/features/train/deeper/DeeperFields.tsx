import { useTranslation } from 'react-i18next';
import type { DeeperConfig } from '../../../domain/headConfig.ts';
import type { Project } from '../../../domain/project.ts';
import { BATCH_NORM_MODES } from '../../../domain/tuningSettings.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { EarlyStoppingFields } from '../gradient/EarlyStoppingFields.tsx';
import { OptimizerFields } from '../gradient/OptimizerFields.tsx';
import { TargetFields } from '../gradient/TargetFields.tsx';
import styles from '../panels.module.css';
import { SettingField, type SettingFieldsProps } from '../SettingField.tsx';
import { StartField } from './StartField.tsx';
import { useTuningStarts } from './useTuningStarts.ts';

const FIELDS = ['epochs', 'batchSize', 'learningRate'] as const;

/** Settings of training layers of the base too; what few need is folded away. */
export function DeeperFields(props: SettingFieldsProps<DeeperConfig>) {
  const project = useAppState((state) => state.project);
  return project === null ? null : <FieldsOf project={project} {...props} />;
}

function FieldsOf({
  project,
  ...props
}: SettingFieldsProps<DeeperConfig> & { readonly project: Project }) {
  const { t } = useTranslation('train');
  const { config, isDisabled, onChange } = props;
  const found = useTuningStarts(project);
  return (
    <>
      <StartField starts={found?.starts ?? null} {...props} />
      <SelectField
        label={t('settings.batchNorms')}
        hint={t(`batchNorms.${config.batchNorm}Hint`)}
        value={config.batchNorm}
        options={BATCH_NORM_MODES.map((value) => ({ value, label: t(`batchNorms.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(batchNorm) => {
          onChange({ ...config, batchNorm });
        }}
      />
      {[...FIELDS, ...(found?.hasDropout === true ? (['dropout'] as const) : [])].map((field) => (
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
      <EarlyStoppingFields {...props} />
      <details className={styles['advanced']}>
        <summary>{t('settings.advanced')}</summary>
        <div className={styles['fields']}>
          <OptimizerFields {...props} />
          <TargetFields {...props} />
        </div>
      </details>
    </>
  );
}
