import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isDataFormat, type ExportFormat } from '../../domain/exportFormat.ts';
import { fileBytes, type ModelSizes } from '../../domain/fileSize.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './FormatPicker.module.css';

interface FormatPickerProps {
  readonly formats: readonly ExportFormat[];
  readonly chosen: ExportFormat;
  /** Of the model; `null` while it is not known. */
  readonly sizes: ModelSizes | null;
  /** Of the model's run. */
  readonly numPhotos: number;
  readonly onChoose: (format: ExportFormat) => void;
}

/** The formats that the model can leave in, by what they are for, each with about how large it is. */
export function FormatPicker({ formats, ...choice }: FormatPickerProps) {
  const { t } = useTranslation('export');
  const name = useId();
  const groups = [
    ['run', formats.filter((format) => !isDataFormat(format))],
    ['data', formats.filter(isDataFormat)],
  ] as const;
  return (
    <fieldset className={styles['groups']}>
      <legend className={styles['legend']}>{t('model.format')}</legend>
      {groups.map(([group, members]) => (
        <fieldset key={group} className={styles['formats']}>
          <legend className={styles['groupLegend']}>{t(`groups.${group}`)}</legend>
          {members.map((format) => (
            <FormatOption key={format} {...choice} name={name} format={format} />
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}

function FormatOption({
  name,
  format,
  chosen,
  sizes,
  numPhotos,
  onChoose,
}: Omit<FormatPickerProps, 'formats'> & {
  readonly name: string;
  readonly format: ExportFormat;
}) {
  const { t } = useTranslation('export');
  const { bytes } = useFormat();
  const id = `${name}-${format}`;
  return (
    <label className={styles['format']}>
      <input
        type="radio"
        name={name}
        aria-labelledby={id}
        aria-describedby={`${id}-size ${id}-use`}
        checked={format === chosen}
        onChange={() => {
          onChoose(format);
        }}
      />
      <span id={id} className={styles['title']}>
        {t(`formats.${format}.title`)}
      </span>
      {sizes === null ? null : (
        <span id={`${id}-size`} className={styles['size']}>
          {t('model.size', { size: bytes(fileBytes(format, sizes, numPhotos)) })}
        </span>
      )}
      <span id={`${id}-use`} className={styles['use']}>
        {t(`formats.${format}.use`)}
      </span>
    </label>
  );
}
