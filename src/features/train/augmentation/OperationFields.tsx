import { useTranslation } from 'react-i18next';
import { drawView, FLIPS, PLAIN_VIEW } from '../../../domain/augmentation.ts';
import type { Sha256 } from '../../../domain/ids.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { AugmentationField, type AugmentationFieldsProps } from './AugmentationField.tsx';
import styles from './augmentation.module.css';
import { extremeViews, flippedViews, OPERATION_FIELDS, type OperationField } from './operations.ts';
import { useViewPictures } from './useViewPictures.ts';
import { ViewStrip } from './ViewStrip.tsx';

interface OperationFieldsProps extends AugmentationFieldsProps {
  /** The photo that previews are drawn of. */
  readonly imageHash: Sha256 | undefined;
}

/** Each operation with pictures of how far it goes, then the views that would be trained on. */
export function OperationFields({ imageHash, ...props }: OperationFieldsProps) {
  const { t } = useTranslation('views');
  const { settings, isDisabled, onChange } = props;
  const groups = [
    flippedViews(settings),
    ...OPERATION_FIELDS.map((field) => extremeViews(field, settings)),
    [
      PLAIN_VIEW,
      ...Array.from({ length: settings.numViews }, (_, index) =>
        drawView(settings, imageHash ?? ('' as Sha256), index),
      ),
    ],
  ];
  const urls = useViewPictures(imageHash, groups.flat());
  const urlsOf = (group: number) => {
    const start = groups.slice(0, group).flat().length;
    return urls.slice(start, start + (groups[group]?.length ?? 0));
  };
  /** Nothing where the operation is off. */
  const strip = (field: OperationField | 'flips', group: number) =>
    groups[group]?.length === 0 ? null : (
      <ViewStrip label={t('preview', { operation: t(`field.${field}`) })} urls={urlsOf(group)} />
    );
  return (
    <>
      <div className={styles['operations']}>
        <div className={styles['operation']}>
          <SelectField
            label={t('field.flips')}
            hint={t('hint.flips')}
            value={settings.flips}
            options={FLIPS.map((value) => ({ value, label: t(`flips.${value}`) }))}
            isDisabled={isDisabled}
            onChange={(flips) => {
              onChange({ ...settings, flips });
            }}
          />
          {strip('flips', 0)}
        </div>
        {OPERATION_FIELDS.map((field, position) => (
          <div key={field} className={styles['operation']}>
            <AugmentationField field={field} {...props} />
            {strip(field, position + 1)}
          </div>
        ))}
      </div>
      <h3 className={styles['example']}>{t('example')}</h3>
      <ViewStrip label={t('example')} urls={urlsOf(groups.length - 1)} />
    </>
  );
}
