import { useTranslation } from 'react-i18next';
import { NumberField } from '../../ui/NumberField.tsx';
import {
  BURST_LIMITS,
  isBurstValue,
  type BurstField,
  type BurstSettings,
} from './burstSchedule.ts';
import styles from './BurstSettingsPanel.module.css';

interface BurstSettingsPanelProps {
  readonly settings: BurstSettings;
  readonly onChange: (settings: BurstSettings) => void;
}

/** Rate, hands-free, and what only a hands-free burst has. */
export function BurstSettingsPanel({ settings, onChange }: BurstSettingsPanelProps) {
  const { t } = useTranslation('collect');
  const fields: readonly BurstField[] = settings.isHandsFree
    ? ['framesPerSecond', 'burstLength', 'countdownSeconds']
    : ['framesPerSecond'];
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{t('camera.settings')}</legend>
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={settings.isHandsFree}
          onChange={(event) => {
            onChange({ ...settings, isHandsFree: event.target.checked });
          }}
        />
        <span>{t('camera.handsFree')}</span>
      </label>
      {fields.map((field) => (
        <NumberField
          key={field}
          label={t(`camera.${field}`)}
          value={settings[field]}
          step={1}
          isValid={(value) => isBurstValue(field, value)}
          error={t('camera.limits', BURST_LIMITS[field])}
          onChange={(value) => {
            onChange({ ...settings, [field]: value });
          }}
        />
      ))}
    </fieldset>
  );
}
