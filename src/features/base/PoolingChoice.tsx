import { useTranslation } from 'react-i18next';
import { poolingsFor, type LayerSummary } from '../../domain/baseSummary.ts';
import type { Cut } from '../../domain/cut.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './PoolingChoice.module.css';

interface PoolingChoiceProps {
  readonly layers: readonly LayerSummary[];
  readonly cut: Cut;
  readonly isTogether: boolean;
  readonly onChoose: (cut: Cut) => void;
  readonly onTogether: (isTogether: boolean) => void;
}

/** How a picture becomes a row, and whether one layer's row is enough. */
export function PoolingChoice(props: PoolingChoiceProps) {
  const { layers, cut, isTogether, onChoose, onTogether } = props;
  const { t } = useTranslation('base');
  const shape = layers[cut.positions[0] ?? 0]?.outputShape ?? [];
  const poolings = poolingsFor(shape);
  return (
    <>
      <SelectField
        label={t('cut.pooling')}
        hint={t(`cut.poolingHint.${cut.pooling}`)}
        value={cut.pooling}
        options={poolings.map((value) => ({ value, label: t(`cut.poolingName.${value}`) }))}
        isDisabled={poolings.length === 1}
        onChange={(pooling) => {
          onChoose({ ...cut, pooling });
        }}
      />
      <label className={styles['option']}>
        <input
          type="checkbox"
          checked={isTogether}
          onChange={(event) => {
            onTogether(event.target.checked);
          }}
        />
        <span>
          {t('cut.together')}
          <span className={styles['hint']}>{t('cut.togetherHint')}</span>
        </span>
      </label>
    </>
  );
}
