import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import styles from './ExportPage.module.css';
import { JobCard } from './JobCard.tsx';
import { ModelCard } from './ModelCard.tsx';
import { ProjectCard } from './ProjectCard.tsx';
import { SavingProgress } from './SavingProgress.tsx';

/** Takes the model, or the whole project, away as a file. */
export function ExportPage() {
  const { t } = useTranslation('export');
  const messages = useMessages();
  const project = useAppState((state) => state.project);
  const saving = useAppState((state) => state.saving);
  if (project === null) return null;
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <div className={styles['sections']}>
        {saving.status === 'failed' ? (
          <div role="alert">
            <NoticeBar tone="danger">{messages.failure(saving.failure)}</NoticeBar>
          </div>
        ) : null}
        <SavingProgress />
        <div className={styles['cards']}>
          <ModelCard project={project} />
          <div className={styles['column']}>
            <ProjectCard project={project} />
            <JobCard project={project} />
          </div>
        </div>
      </div>
    </>
  );
}
