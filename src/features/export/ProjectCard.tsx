import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useCounts } from '../../ui/counts.ts';
import { downloadFile } from '../../ui/download.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { BaseItems } from './BaseItems.tsx';
import styles from './ExportPage.module.css';

const CONTENTS = ['photos', 'runs', 'settings'] as const;

/** The whole project as one file that Graft opens anywhere. */
export function ProjectCard({ project }: { readonly project: Project }) {
  const { t } = useTranslation('export');
  const counts = useCounts();
  const numPhotos = useAppState((state) => state.samples.length);
  const isSaving = useAppState((state) => state.saving.status === 'running');
  const saveProject = useAppState((state) => state.saveProject);
  const save = async () => {
    const file = await saveProject();
    if (file !== null) downloadFile(file.blob, file.fileName);
  };
  return (
    <Card as="section" aria-labelledby="project">
      <h2 id="project">{t('project.title')}</h2>
      <p className={styles['summary']}>
        {counts.photos(numPhotos)} · {counts.classes(project.classLabels.length)}
      </p>
      <Button icon={<DownloadIcon />} disabled={isSaving} onClick={() => void save()}>
        {t('project.save')}
      </Button>
      <h3 className={styles['heading']}>{t('project.inside')}</h3>
      <ul className={styles['plain']}>
        {CONTENTS.map((key) => (
          <li key={key}>{t(`project.contents.${key}`)}</li>
        ))}
        <BaseItems project={project} />
        <li>{t('project.contents.not')}</li>
      </ul>
    </Card>
  );
}
