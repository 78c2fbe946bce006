import { useTranslation } from 'react-i18next';
import { FRAMINGS, type Framing } from '../../domain/preprocessing.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import styles from './FramingChoice.module.css';

/** How photos that are not square meet the square input; the thumbnails follow. */
export function FramingChoice({ framing }: { readonly framing: Framing }) {
  const { t } = useTranslation('collect');
  const setFraming = useAppState((state) => state.setFraming);
  return (
    <Card>
      <fieldset className={styles['group']}>
        <legend className={styles['legend']}>{t('framing.title')}</legend>
        <p className={styles['hint']}>{t('framing.hint')}</p>
        {FRAMINGS.map((each) => (
          <label key={each} className={styles['choice']}>
            <input
              type="radio"
              name="framing"
              value={each}
              checked={each === framing}
              onChange={() => void setFraming(each)}
            />
            <FramingPicture framing={each} />
            <span>
              {t(`framing.${each}`)}
              <span className={styles['hint']}>{t(`framing.${each}Hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Card>
  );
}

/** A landscape photo in its square. */
function FramingPicture({ framing }: { readonly framing: Framing }) {
  return (
    <span aria-hidden="true" className={styles['picture']}>
      <svg
        viewBox="0 0 36 24"
        preserveAspectRatio={
          framing === 'stretched' ? 'none' : `xMidYMid ${framing === 'padded' ? 'meet' : 'slice'}`
        }
      >
        <rect width="36" height="24" fill="var(--accent-soft)" />
        <circle cx="25" cy="8" r="3.5" fill="var(--class-6)" />
        <path d="M0 24l10-13 8 9 5-5 13 9z" fill="var(--accent)" />
      </svg>
    </span>
  );
}
