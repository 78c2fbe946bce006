import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LockIcon } from '../../ui/icons.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import styles from './Welcome.module.css';
import { WelcomePicture } from './WelcomePicture.tsx';

/** The first thing a new user sees: what this does, and where to begin. */
export function Welcome({ actions }: { readonly actions: ReactNode }) {
  const { t } = useTranslation('projects');
  return (
    <section className={styles['root']}>
      <WelcomePicture />
      <PageHeading title={t('welcome.title')} actions={actions}>
        <p>{t('welcome.text')}</p>
        <p className={styles['privacy']}>
          <LockIcon />
          {t('welcome.privacy')}
        </p>
      </PageHeading>
    </section>
  );
}
