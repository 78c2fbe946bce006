import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** Stands in for the whole app where there is no storage to work in. */
export function BootFailure({ message }: { readonly message: string }) {
  const { t } = useTranslation('common');
  return (
    <main>
      <EmptyState title={t('boot.title')}>
        <p>{t('boot.text')}</p>
        <code>{message}</code>
      </EmptyState>
    </main>
  );
}
