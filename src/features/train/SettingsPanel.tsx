import { useTranslation } from 'react-i18next';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  DEFAULT_HEAD_CONFIG,
  type HeadConfig,
} from '../../domain/headConfig.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { UndoIcon } from '../../ui/icons.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { DeeperFields } from './deeper/DeeperFields.tsx';
import { ExactFields } from './ExactFields.tsx';
import { GradientFields } from './GradientFields.tsx';
import styles from './panels.module.css';
import { SettingField, type SettingFieldsProps } from './SettingField.tsx';

const SHARED_FIELDS = ['validationShare', 'seed'] as const;

/** How the head is fitted. Each valid change is kept with the project at once. */
export function SettingsPanel() {
  const { t } = useTranslation('train');
  const config = useAppState((state) => state.project?.headConfig);
  const setHeadConfig = useAppState((state) => state.setHeadConfig);
  const isBusy = useAppState(
    ({ training: { status } }) => status !== 'idle' && status !== 'failed',
  );
  if (config === undefined) return null;
  const change = (changed: HeadConfig) => void setHeadConfig(changed);
  return (
    <Card as="section" aria-labelledby="settings">
      <h2 id="settings">{t('settings.title')}</h2>
      <div className={styles['fields']}>
        <SolverField config={config} isDisabled={isBusy} onChange={change} />
        <SolverFields config={config} isDisabled={isBusy} onChange={change} />
        {SHARED_FIELDS.map((field) => (
          <SettingField
            key={field}
            field={field}
            value={config[field]}
            isDisabled={isBusy}
            onChange={(value) => {
              change({ ...config, [field]: value });
            }}
          />
        ))}
      </div>
      <Button
        variant="quiet"
        icon={<UndoIcon />}
        disabled={isDefault(config) || isBusy}
        onClick={() => {
          change(DEFAULT_HEAD_CONFIG);
        }}
      >
        {t('settings.reset')}
      </Button>
    </Card>
  );
}

function isDefault(config: HeadConfig): boolean {
  const fields = Object.entries({ ...DEFAULT_HEAD_CONFIG, ...config });
  const defaults = new Map<string, unknown>(Object.entries(DEFAULT_HEAD_CONFIG));
  return fields.every(([field, value]) => defaults.get(field) === value);
}

function SolverFields({ config, ...props }: SettingFieldsProps<HeadConfig>) {
  switch (config.solver) {
    case 'exact':
      return <ExactFields config={config} {...props} />;
    case 'gradient':
      return <GradientFields config={config} {...props} />;
    case 'deeper':
      return <DeeperFields config={config} {...props} />;
  }
}

const DEFAULTS = {
  exact: DEFAULT_EXACT_CONFIG,
  gradient: DEFAULT_GRADIENT_CONFIG,
  deeper: DEFAULT_DEEPER_CONFIG,
} as const;

/** The choice of the solver. What all have stays; the rest begins with its defaults. */
function SolverField({ config, isDisabled, onChange }: SettingFieldsProps<HeadConfig>) {
  const { t } = useTranslation('train');
  return (
    <SelectField
      label={t('settings.solver')}
      hint={t(`solver.${config.solver}Hint`)}
      value={config.solver}
      options={(['exact', 'gradient', 'deeper'] as const).map((value) => ({
        value,
        label: t(`solver.${value}`),
      }))}
      isDisabled={isDisabled}
      onChange={(solver) => {
        const { validationShare, seed } = config;
        onChange({ ...DEFAULTS[solver], validationShare, seed });
      }}
    />
  );
}
