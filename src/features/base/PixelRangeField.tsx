import { useTranslation } from 'react-i18next';
import type { BaseModel } from '../../domain/baseModel.ts';
import { useAppState } from '../../state/useAppState.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './CutEditor.module.css';
import { nameOfPixelRange, pixelRangeNames, pixelRangeOf } from './pixelRangeChoices.ts';

/** How an added base wants its pixels, which few files say. */
export function PixelRangeField({ base }: { readonly base: BaseModel }) {
  const { t } = useTranslation('base');
  const setBasePixelRange = useAppState((state) => state.setBasePixelRange);
  const isGrey = base.pixelRange.channelOrder === 'grey';
  const name = nameOfPixelRange(base.pixelRange);
  const options = pixelRangeNames(isGrey).map((value) => ({ value, label: t(`pixels.${value}`) }));
  return (
    <div className={styles['pixels']}>
      <SelectField
        label={t('pixels.label')}
        hint={base.isPixelRangeGuessed ? t('pixels.guessed') : undefined}
        value={name ?? 'other'}
        options={
          name === null ? [...options, { value: 'other', label: t('pixels.other') }] : options
        }
        onChange={(chosen) => {
          if (chosen !== 'other') void setBasePixelRange(base.id, pixelRangeOf(chosen, isGrey));
        }}
      />
    </div>
  );
}
