import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectId } from '../../domain/ids.ts';
import { useAppState } from '../../state/useAppState.ts';
import { EditableText } from '../../ui/EditableText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { PROJECTS_HREF, type Step } from '../../ui/route.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Layout } from './Layout.tsx';
import { Loading } from './Loading.tsx';
import { STEP_PAGES } from './stepPages.ts';
import { StepNav } from './StepNav.tsx';
import styles from './ProjectView.module.css';
import { usePersistentStorage } from './usePersistentStorage.ts';

interface ProjectViewProps {
  readonly projectId: ProjectId;
  readonly step: Step;
}

/** One open project: its name, its steps and the page of the step. */
export function ProjectView({ projectId, step }: ProjectViewProps) {
  const { t } = useTranslation('common');
  const project = useAppState((state) => state.project);
  const renameProject = useAppState((state) => state.renameProject);
  const isOpenElsewhere = useAppState((state) => state.isOpenElsewhere);
  const isFound = useOpenProject(projectId);
  usePersistentStorage();
  useEffect(() => {
    if (project !== null)
      document.title = t('documentTitle', { step: t(`step.${step}`), project: project.name });
  }, [t, step, project]);

  if (isFound === false) return <ProjectNotFound />;
  if (project?.id !== projectId) {
    return (
      <Layout>
        <Loading />
      </Layout>
    );
  }
  const Page = STEP_PAGES[step];
  return (
    <Layout
      title={
        <EditableText
          label={t('projectName')}
          value={project.name}
          onCommit={(name) => void renameProject(projectId, name)}
        />
      }
      navigation={<StepNav project={project} step={step} />}
    >
      {isOpenElsewhere ? (
        <div role="status" className={styles['banner']}>
          <NoticeBar tone="warning">{t('elsewhere')}</NoticeBar>
        </div>
      ) : null}
      <ErrorBoundary key={step}>
        <Suspense fallback={<Loading />}>
          <Page />
        </Suspense>
      </ErrorBoundary>
    </Layout>
  );
}

/** Opens the project while it is shown; `null` until it is known whether it is there. */
function useOpenProject(projectId: ProjectId): boolean | null {
  const openProject = useAppState((state) => state.openProject);
  const closeProject = useAppState((state) => state.closeProject);
  const [opened, setOpened] = useState<{ id: ProjectId; isFound: boolean } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void openProject(projectId).then((isFound) => {
      if (isCurrent) setOpened({ id: projectId, isFound });
    });
    return () => {
      isCurrent = false;
      closeProject();
    };
  }, [projectId, openProject, closeProject]);
  return opened?.id === projectId ? opened.isFound : null;
}

function ProjectNotFound() {
  const { t } = useTranslation('common');
  return (
    <Layout>
      <EmptyState
        title={t('notFound.title')}
        actions={
          <LinkButton variant="primary" href={PROJECTS_HREF}>
            {t('allProjects')}
          </LinkButton>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </Layout>
  );
}
