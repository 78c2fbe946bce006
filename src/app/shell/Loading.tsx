import { useTranslation } from 'react-i18next';
import styles from './Loading.module.css';

/** Appears only where loading takes long enough to be noticed. */
export function Loading() {
  const { t } = useTranslation('common');
  return (
    <p role="status" className={styles['text']}>
      {t('loading')}
    </p>
  );
}
