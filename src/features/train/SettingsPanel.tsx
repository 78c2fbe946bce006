import { useTranslation } from 'react-i18next';
import {
  DEFAULT_HEAD_CONFIG,
  HEAD_CONFIG_LIMITS,
  isHeadConfigValue,
  type HeadConfigField,
} from '../../domain/headConfig.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { UndoIcon } from '../../ui/icons.tsx';
import styles from './panels.module.css';

const FIELDS: readonly HeadConfigField[] = [
  'epochs',
  'batchSize',
  'learningRate',
  'l2',
  'validationShare',
  'seed',
];

/** The validation share is shown in percent. */
const factorOf = (field: HeadConfigField) => (field === 'validationShare' ? 100 : 1);

/** How the head is fitted. Each valid change is kept with the project at once. */
export function SettingsPanel() {
  const { t } = useTranslation('train');
  const config = useAppState((state) => state.project?.headConfig);
  const setHeadConfig = useAppState((state) => state.setHeadConfig);
  const isBusy = useAppState(
    ({ training: { status } }) => status !== 'idle' && status !== 'failed',
  );
  if (config === undefined) return null;
  const isDefault = FIELDS.every((field) => config[field] === DEFAULT_HEAD_CONFIG[field]);
  return (
    <Card as="section" aria-labelledby="settings">
      <h2 id="settings">{t('settings.title')}</h2>
      <div className={styles['fields']}>
        {FIELDS.map((field) => (
          <SettingField
            key={field}
            field={field}
            value={config[field]}
            isDisabled={isBusy}
            onChange={(value) => void setHeadConfig({ ...config, [field]: value })}
          />
        ))}
      </div>
      <Button
        variant="quiet"
        icon={<UndoIcon />}
        disabled={isDefault || isBusy}
        onClick={() => void setHeadConfig(DEFAULT_HEAD_CONFIG)}
      >
        {t('settings.reset')}
      </Button>
    </Card>
  );
}

interface SettingFieldProps {
  readonly field: HeadConfigField;
  readonly value: number;
  readonly isDisabled: boolean;
  readonly onChange: (value: number) => void;
}

function SettingField({ field, value, isDisabled, onChange }: SettingFieldProps) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const { min, max, isInteger } = HEAD_CONFIG_LIMITS[field];
  const factor = factorOf(field);
  const limits = { min: format.number(min * factor, 6), max: format.number(max * factor) };
  return (
    <NumberField
      label={t(`settings.${field}`)}
      hint={t(`settings.${field}Hint`)}
      // 0.07 * 100 is not 7.
      value={Number((value * factor).toPrecision(10))}
      isValid={(typed) => isHeadConfigValue(field, typed / factor)}
      error={isInteger ? t('settings.wholeNumber', limits) : t('settings.number', limits)}
      isDisabled={isDisabled}
      onChange={(typed) => {
        onChange(typed / factor);
      }}
    />
  );
}
