import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import styles from './ImportStatus.module.css';
import { DownloadProgress } from './DownloadProgress.tsx';
import { FailureNotice } from '../../ui/FailureNotice.tsx';
import type { ImportedBase, Imports } from './useImport.ts';

interface ImportStatusProps {
  readonly imports: Imports;
}

/** How the import goes, and what came of it. Comes into sight: the button for it is further down. */
export function ImportStatus({ imports }: ImportStatusProps) {
  const { status } = useAppState((state) => state.baseImport);
  const area = useRef<HTMLDivElement>(null);
  const { imported } = imports;
  useEffect(() => {
    if (status !== 'idle' || imported !== null) area.current?.scrollIntoView({ block: 'nearest' });
  }, [status, imported]);
  return (
    <div ref={area} className={styles['area']}>
      <CurrentStatus imports={imports} />
    </div>
  );
}

function CurrentStatus({ imports }: ImportStatusProps) {
  const { t } = useTranslation('base');
  const baseImport = useAppState((state) => state.baseImport);
  const cancelImport = useAppState((state) => state.cancelImport);
  const { imported, dismiss } = imports;
  if (baseImport.status === 'running') {
    const { name, progress } = baseImport;
    return (
      <div className={styles['status']}>
        {progress === null ? (
          <ProgressBar label={t('add.reading', { name })} share={null} />
        ) : (
          <DownloadProgress name={name} progress={progress} onCancel={cancelImport} />
        )}
      </div>
    );
  }
  return (
    <>
      {baseImport.status === 'failed' ? (
        <div className={styles['status']}>
          <FailureNotice name={baseImport.name} failure={baseImport.failure} onDismiss={dismiss} />
        </div>
      ) : null}
      <div role="status" className={styles['status']}>
        {imported === null ? null : <ImportResult imported={imported} onDismiss={dismiss} />}
      </div>
    </>
  );
}

interface ImportResultProps {
  readonly imported: ImportedBase;
  readonly onDismiss: () => void;
}

/** The network's name, and the classes that its files name: they can become the project's. */
function ImportResult({ imported, onDismiss }: ImportResultProps) {
  const { t } = useTranslation('base');
  const labels = useAppState(({ project }) => project?.classLabels);
  const addClass = useAppState((state) => state.addClass);
  const { base, wasKnown, classNames } = imported;
  const missing = (classNames ?? []).filter(
    (name) => !labels?.some((label) => label.name === name),
  );
  const addClasses = async () => {
    for (const name of missing) await addClass(name);
  };
  const { name } = base;
  return (
    <NoticeBar
      onDismiss={onDismiss}
      action={
        missing.length === 0
          ? undefined
          : { label: t('add.addClasses'), onSelect: () => void addClasses() }
      }
    >
      {wasKnown ? t('add.known', { name }) : t('add.done', { name })}{' '}
      {classNames === null ? null : t('add.classes', { names: classNames.join(', ') })}
    </NoticeBar>
  );
}
