import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FolderIcon } from '../../ui/icons.tsx';
import styles from './EmptyCollection.module.css';

/** Where the first photos go. */
export function EmptyCollection() {
  const { t } = useTranslation('collect');
  return (
    <div className={styles['root']}>
      <EmptyState
        title={t('empty.title')}
        picture={
          <span className={styles['picture']}>
            <FolderIcon />
          </span>
        }
      >
        {t('empty.text')}
      </EmptyState>
    </div>
  );
}
