import { useTranslation } from 'react-i18next';
import {
  OPTIMIZERS,
  SCHEDULES,
  type GradientSettings,
  type OptimizerConfig,
  type OptimizerKind,
  type ScheduleConfig,
  type ScheduleKind,
} from '../../../domain/gradientSettings.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { SettingField, type SettingFieldsProps } from '../SettingField.tsx';

/** The optimiser and what becomes of its learning rate. */
export function OptimizerFields<Config extends Pick<GradientSettings, 'optimizer' | 'schedule'>>({
  config,
  isDisabled,
  onChange,
}: SettingFieldsProps<Config>) {
  const { t } = useTranslation('train');
  const { optimizer, schedule } = config;
  const changeOptimizer = (changed: OptimizerConfig) => {
    onChange({ ...config, optimizer: changed });
  };
  return (
    <>
      <SelectField
        label={t('settings.optimizer')}
        value={optimizer.kind}
        options={OPTIMIZERS.map((value) => ({ value, label: t(`optimizer.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(kind) => {
          changeOptimizer(firstOptimizer(kind));
        }}
      />
      {'momentum' in optimizer ? (
        <SettingField
          field="momentum"
          value={optimizer.momentum}
          isDisabled={isDisabled}
          onChange={(momentum) => {
            changeOptimizer({ ...optimizer, momentum });
          }}
        />
      ) : null}
      {'weightDecay' in optimizer ? (
        <SettingField
          field="weightDecay"
          value={optimizer.weightDecay}
          isDisabled={isDisabled}
          onChange={(weightDecay) => {
            changeOptimizer({ ...optimizer, weightDecay });
          }}
        />
      ) : null}
      <ScheduleFields
        config={schedule}
        isDisabled={isDisabled}
        onChange={(changed) => {
          onChange({ ...config, schedule: changed });
        }}
      />
    </>
  );
}

function ScheduleFields({ config, isDisabled, onChange }: SettingFieldsProps<ScheduleConfig>) {
  const { t } = useTranslation('train');
  return (
    <>
      <SelectField
        label={t('settings.schedule')}
        value={config.kind}
        options={SCHEDULES.map((value) => ({ value, label: t(`schedule.${value}`) }))}
        isDisabled={isDisabled}
        onChange={(kind) => {
          onChange(firstSchedule(kind, config.warmUpEpochs));
        }}
      />
      {config.kind === 'step'
        ? (['stepEpochs', 'stepFactor'] as const).map((field) => (
            <SettingField
              key={field}
              field={field}
              value={config[field]}
              isDisabled={isDisabled}
              onChange={(value) => {
                onChange({ ...config, [field]: value });
              }}
            />
          ))
        : null}
      <SettingField
        field="warmUpEpochs"
        value={config.warmUpEpochs}
        isDisabled={isDisabled}
        onChange={(warmUpEpochs) => {
          onChange({ ...config, warmUpEpochs });
        }}
      />
    </>
  );
}

/** Where somebody begins who chooses it. */
function firstOptimizer(kind: OptimizerKind): OptimizerConfig {
  switch (kind) {
    case 'momentum':
    case 'nesterov':
      return { kind, momentum: 0.9 };
    case 'adamw':
      return { kind, weightDecay: 0.01 };
    case 'adam':
    case 'sgd':
    case 'rmsprop':
    case 'adagrad':
      return { kind };
  }
}

function firstSchedule(kind: ScheduleKind, warmUpEpochs: number): ScheduleConfig {
  return kind === 'step'
    ? { kind, warmUpEpochs, stepEpochs: 10, stepFactor: 0.5 }
    : { kind, warmUpEpochs };
}
