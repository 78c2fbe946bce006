import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProjectsPage } from '../features/projects/ProjectsPage.tsx';
import { useAppState } from '../state/useAppState.ts';
import { useRoute } from '../ui/route.ts';
import { ThumbnailUrls, ThumbnailUrlsContext } from '../ui/thumbnailUrls.ts';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { Layout } from './shell/Layout.tsx';
import { Notices } from './shell/Notices.tsx';
import { ProjectView } from './shell/ProjectView.tsx';
import { useUndoShortcut } from './shell/useUndoShortcut.ts';

/** The whole page. Wants the store from `AppStoreContext` and started texts and theme. */
export function App() {
  const route = useRoute();
  useUndoShortcut();
  const loadThumbnail = useAppState((state) => state.loadThumbnail);
  const thumbnailUrls = useMemo(() => new ThumbnailUrls(loadThumbnail), [loadThumbnail]);
  return (
    <ErrorBoundary>
      <ThumbnailUrlsContext value={thumbnailUrls}>
        {route.page === 'projects' ? (
          <ProjectsView />
        ) : (
          <ProjectView key={route.projectId} projectId={route.projectId} step={route.step} />
        )}
        <Notices />
      </ThumbnailUrlsContext>
    </ErrorBoundary>
  );
}

function ProjectsView() {
  const { t } = useTranslation('common');
  useEffect(() => {
    document.title = t('appName');
  }, [t]);
  return (
    <Layout>
      <ProjectsPage />
    </Layout>
  );
}
