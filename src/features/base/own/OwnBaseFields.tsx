import { useTranslation } from 'react-i18next';
import { SCRATCH_FIT_LIMITS, type ScratchFit } from '../../../domain/scratchFit.ts';
import {
  TWO_CONVOLUTION_LIMITS,
  type TwoConvolutionSettings,
} from '../../../domain/twoConvolutions.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { LimitedField } from './LimitedField.tsx';
import styles from './OwnBaseCard.module.css';

interface OwnBaseFieldsProps {
  readonly settings: TwoConvolutionSettings;
  readonly fit: ScratchFit;
  readonly isDisabled: boolean;
  readonly onSettings: (settings: TwoConvolutionSettings) => void;
  readonly onFit: (fit: ScratchFit) => void;
}

const NETWORK_FIELDS = [
  'filters',
  'kernelSize',
  'poolSize',
  'dropout',
  'units',
  'denseDropout',
] as const;
const FIT_FIELDS = ['epochs', 'batchSize', 'learningRate'] as const;

/** What the network is made of and how it is trained. */
export function OwnBaseFields(props: OwnBaseFieldsProps) {
  const { settings, fit, isDisabled, onSettings, onFit } = props;
  const { t } = useTranslation('ownBase');
  const networkField = (field: 'inputSize' | (typeof NETWORK_FIELDS)[number]) => (
    <LimitedField
      key={field}
      field={field}
      limits={TWO_CONVOLUTION_LIMITS[field]}
      value={settings[field]}
      isDisabled={isDisabled}
      onChange={(value) => {
        onSettings({ ...settings, [field]: value });
      }}
    />
  );
  return (
    <div className={styles['fields']}>
      {networkField('inputSize')}
      <SelectField
        label={t('pictures')}
        value={settings.isGrey ? 'grey' : 'colour'}
        options={(['colour', 'grey'] as const).map((value) => ({ value, label: t(value) }))}
        isDisabled={isDisabled}
        onChange={(value) => {
          onSettings({ ...settings, isGrey: value === 'grey' });
        }}
      />
      {NETWORK_FIELDS.map(networkField)}
      {FIT_FIELDS.map((field) => (
        <LimitedField
          key={field}
          field={field}
          limits={SCRATCH_FIT_LIMITS[field]}
          value={fit[field]}
          isDisabled={isDisabled}
          onChange={(value) => {
            onFit({ ...fit, [field]: value });
          }}
        />
      ))}
    </div>
  );
}
