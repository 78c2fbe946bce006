import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PROJECTS_HREF } from '../../ui/route.ts';
import styles from './Layout.module.css';
import { Logo } from './Logo.tsx';
import { PreferenceMenus } from './PreferenceMenus.tsx';

interface LayoutProps {
  /** Beside the logo: the open project's name. */
  readonly title?: ReactNode;
  readonly navigation?: ReactNode;
  readonly children: ReactNode;
}

/** Header and main part, the same around every page. */
export function Layout({ title, navigation, children }: LayoutProps) {
  const { t } = useTranslation('common');
  const main = useRef<HTMLElement>(null);
  return (
    <div className={styles['page']} data-steps={navigation !== undefined}>
      {/* A link to #main would be taken for a route. */}
      <button
        type="button"
        className={styles['skip']}
        onClick={() => {
          main.current?.focus();
        }}
      >
        {t('skipToContent')}
      </button>
      <header className={styles['header']}>
        <div className={styles['start']}>
          <a href={PROJECTS_HREF} className={styles['home']} aria-label={t('allProjects')}>
            <Logo />
            <span className={styles['word']}>{t('appName')}</span>
          </a>
          {title === undefined ? null : <div className={styles['title']}>{title}</div>}
        </div>
        {navigation}
        <div className={styles['end']}>
          <PreferenceMenus />
        </div>
      </header>
      <main ref={main} tabIndex={-1} className={styles['main']}>
        {children}
      </main>
    </div>
  );
}
