import { useTranslation } from 'react-i18next';
import { activationBytes } from '../../../domain/baseSummary.ts';
import type { DeeperConfig, TrainingStart } from '../../../domain/headConfig.ts';
import { defaultStart, type TuningStart } from '../../../domain/tuningStarts.ts';
import type { BatchNormMode } from '../../../domain/tuningSettings.ts';
import { useFormat } from '../../../ui/format.ts';
import { useMessages } from '../../../ui/messages.ts';
import { NoticeBar } from '../../../ui/NoticeBar.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import type { SettingFieldsProps } from '../SettingField.tsx';

/** Photos that a size is told for. */
const PHOTOS_FOR_SIZE = 1000;

interface StartFieldProps extends SettingFieldsProps<DeeperConfig> {
  /** `null` while the base is being read. */
  readonly starts: readonly TuningStart[] | null;
}

/** Which layers of the base are trained, with what that costs. */
export function StartField({ config, starts, isDisabled, onChange }: StartFieldProps) {
  const { t } = useTranslation('train');
  const messages = useMessages();
  const describe = useStartText();
  const chosen = starts?.find(({ start }) => start.layer === config.start?.layer);
  const shown = chosen ?? defaultStart(starts ?? []);
  if (starts !== null && shown === null) {
    const failure = { code: 'cut-not-trainable', details: {}, message: '' } as const;
    return <NoticeBar tone="warning">{messages.failure(failure)}</NoticeBar>;
  }
  const automatic = { value: 'auto', label: t('start.auto') };
  const options = (starts ?? []).map(({ start: { layer } }) => ({ value: layer, label: layer }));
  return (
    <SelectField
      label={t('settings.start')}
      hint={shown === null ? t('start.reading') : describe(shown, config.batchNorm)}
      value={chosen === undefined ? 'auto' : chosen.start.layer}
      options={[automatic, ...options]}
      isDisabled={isDisabled || starts === null}
      onChange={(layer) => {
        const found: TrainingStart | undefined = starts?.find(
          ({ start }) => start.layer === layer,
        )?.start;
        onChange({ ...config, start: found ?? null });
      }}
    />
  );
}

function useStartText(): (start: TuningStart, batchNorm: BatchNormMode) => string {
  const { t } = useTranslation('train');
  const format = useFormat();
  return ({ start, numParameters, numNormParameters, activationSize }, batchNorm) =>
    t('start.cost', {
      layer: start.layer,
      parameters: format.number(numParameters + (batchNorm === 'trained' ? numNormParameters : 0)),
      size: format.bytes(activationBytes(PHOTOS_FOR_SIZE, activationSize)),
    });
}
