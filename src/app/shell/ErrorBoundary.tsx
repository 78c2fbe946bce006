import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PROJECTS_HREF } from '../../ui/route.ts';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | null;
}

/** Shows a sentence and a way out in place of a page that cannot be drawn. Give it a key per page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(thrown: unknown): ErrorBoundaryState {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <CrashNotice error={error} />;
  }
}

function CrashNotice({ error }: { readonly error: Error }) {
  const { t } = useTranslation('common');
  return (
    <EmptyState
      title={t('crash.title')}
      actions={
        <>
          <LinkButton href={PROJECTS_HREF}>{t('allProjects')}</LinkButton>
          <Button
            variant="primary"
            onClick={() => {
              location.reload();
            }}
          >
            {t('crash.reload')}
          </Button>
        </>
      }
    >
      <p>{t('crash.text')}</p>
      <details>
        <summary>{t('crash.details')}</summary>
        <code>{error.message}</code>
      </details>
    </EmptyState>
  );
}
