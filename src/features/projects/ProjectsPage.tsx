import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectId } from '../../domain/ids.ts';
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
  const { open, wasStarted } = useOpen();
  const openFiles = useAppState((state) => state.openFiles);
  const openDrop = useAppState((state) => state.openDrop);
  const isOver = useFileDrop((data) => {
    open(openDrop(data));
  });
  useEffect(() => void loadSummaries(), [loadSummaries]);

  const actions = (
    <>
      <FilePickerButton
        icon={<FolderIcon />}
        accept=".graft,.zip,.json,.bin,.keras,.h5,.hdf5,.onnx,.tflite,.txt,.html"
        onPick={(files) => {
          open(openFiles(files));
        }}
      >
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

/** Goes to the project that is being opened, once it is there. */
function useOpen() {
  // Saving a project reports in the same place, which is no news here.
  const [wasStarted, setWasStarted] = useState(false);
  const open = (opening: Promise<ProjectId | null>) => {
    setWasStarted(true);
    void opening.then((id) => {
      if (id !== null) navigate(stepHref(id, 'collect'));
    });
  };
  return { open, wasStarted };
}
