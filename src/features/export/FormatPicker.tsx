import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FORMAT_FACTS, type ExportFormat } from '../../domain/exportFormat.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './FormatPicker.module.css';

interface FormatPickerProps {
  readonly formats: readonly ExportFormat[];
  readonly chosen: ExportFormat;
  /** Of the model; `null` while it is not known. */
  readonly numWeights: number | null;
  readonly onChoose: (format: ExportFormat) => void;
}

/** The formats that the model can leave in, each with what it is for and about how large it is. */
export function FormatPicker({ formats, chosen, numWeights, onChoose }: FormatPickerProps) {
  const { t } = useTranslation('export');
  const format = useFormat();
  const name = useId();
  const idOf = (each: ExportFormat) => `${name}-${each}`;
  return (
    <fieldset className={styles['formats']}>
      <legend className={styles['legend']}>{t('model.format')}</legend>
      {formats.map((each) => (
        <label key={each} className={styles['format']}>
          <input
            type="radio"
            name={name}
            aria-labelledby={idOf(each)}
            aria-describedby={`${idOf(each)}-size ${idOf(each)}-use`}
            checked={each === chosen}
            onChange={() => {
              onChoose(each);
            }}
          />
          <span id={idOf(each)} className={styles['title']}>
            {t(`formats.${each}.title`)}
          </span>
          {numWeights === null ? null : (
            <span id={`${idOf(each)}-size`} className={styles['size']}>
              {t('model.size', { size: format.bytes(sizeOf(each, numWeights)) })}
            </span>
          )}
          <span id={`${idOf(each)}-use`} className={styles['use']}>
            {t(`formats.${each}.use`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function sizeOf(format: ExportFormat, numWeights: number): number {
  const { bytesPerWeight, fixedBytes = 0 } = FORMAT_FACTS[format];
  return fixedBytes + numWeights * bytesPerWeight;
}
