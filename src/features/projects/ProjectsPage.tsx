import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { DropHint } from '../../ui/DropHint.tsx';
import { FilePickerButton } from '../../ui/FilePickerButton.tsx';
import { FolderIcon, PlusIcon } from '../../ui/icons.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { navigate, stepHref } from '../../ui/route.ts';
import { useFileDrop } from '../../ui/useFileDrop.ts';
import { NameDialog } from './NameDialog.tsx';
import { OpeningStatus } from './OpeningStatus.tsx';
import { ProjectCard } from './ProjectCard.tsx';
import styles from './ProjectsPage.module.css';
import { Welcome } from './Welcome.tsx';

/** All projects of this browser. */
export function ProjectsPage() {
  const { t } = useTranslation('projects');
  const summaries = useAppState((state) => state.summaries);
  const loadSummaries = useAppState((state) => state.loadSummaries);
  const createProject = useAppState((state) => state.createProject);
  const [isNaming, setIsNaming] = useState(false);
  const { openFile, wasStarted } = useOpenFile();
  const isOver = useFileDrop((data) => {
    openFile([...data.files]);
  });
  useEffect(() => void loadSummaries(), [loadSummaries]);

  const actions = (
    <>
      <FilePickerButton icon={<FolderIcon />} accept=".graft,.zip" onPick={openFile}>
        {t('open')}
      </FilePickerButton>
      <Button
        variant="primary"
        icon={<PlusIcon />}
        onClick={() => {
          setIsNaming(true);
        }}
      >
        {t('new')}
      </Button>
    </>
  );
  return (
    <>
      {summaries?.length === 0 ? (
        <Welcome actions={actions} />
      ) : (
        <PageHeading title={t('title')} actions={actions} />
      )}
      {wasStarted ? <OpeningStatus /> : null}
      <ul className={styles['grid']}>
        {summaries?.map((summary) => (
          <ProjectCard key={summary.project.id} summary={summary} />
        ))}
      </ul>
      {isNaming ? (
        <NameDialog
          title={t('new')}
          submitLabel={t('create')}
          initialName=""
          onClose={() => {
            setIsNaming(false);
          }}
          onSubmit={(name) => {
            void createProject(name).then((id) => {
              navigate(stepHref(id, 'collect'));
            });
          }}
        />
      ) : null}
      {isOver ? <DropHint>{t('dropHint')}</DropHint> : null}
    </>
  );
}

/** Opens the first of the files as a project and goes there. */
function useOpenFile() {
  const openArchive = useAppState((state) => state.openArchive);
  // Saving a project reports in the same place, which is no news here.
  const [wasStarted, setWasStarted] = useState(false);
  const openFile = ([file]: readonly File[]) => {
    if (file === undefined) return;
    setWasStarted(true);
    void openArchive(file).then((id) => {
      if (id !== null) navigate(stepHref(id, 'collect'));
    });
  };
  return { openFile, wasStarted };
}
