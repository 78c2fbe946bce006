import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectSummary } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import { CopyIcon, MoreIcon, PencilIcon, PhotoIcon, TrashIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { stepHref } from '../../ui/route.ts';
import { Thumbnail } from '../../ui/Thumbnail.tsx';
import { NameDialog } from './NameDialog.tsx';
import styles from './ProjectCard.module.css';

/** A project with its cover; the whole card opens it. */
export function ProjectCard({ summary }: { readonly summary: ProjectSummary }) {
  const { t } = useTranslation('projects');
  const { project, numPhotos, coverHash } = summary;
  const [isRenaming, setIsRenaming] = useState(false);
  const renameProject = useAppState((state) => state.renameProject);
  const duplicateProject = useAppState((state) => state.duplicateProject);
  const deleteProject = useAppState((state) => state.deleteProject);
  const format = useFormat();
  const counts = useCounts();
  return (
    <li className={styles['card']}>
      <div className={styles['cover']}>
        {coverHash === null ? (
          <PhotoIcon />
        ) : (
          <Thumbnail hash={coverHash} alt="" framing="centre-square" />
        )}
      </div>
      <div className={styles['body']}>
        <div className={styles['top']}>
          <h2 className={styles['name']}>
            <a href={stepHref(project.id, 'collect')}>{project.name}</a>
          </h2>
          <div className={styles['menu']}>
            <Menu
              label={t('actions', { name: project.name })}
              icon={<MoreIcon />}
              items={[
                {
                  label: t('rename'),
                  icon: <PencilIcon />,
                  onSelect: () => {
                    setIsRenaming(true);
                  },
                },
                {
                  label: t('duplicate'),
                  icon: <CopyIcon />,
                  onSelect: () =>
                    void duplicateProject(project.id, t('copyName', { name: project.name })),
                },
                {
                  label: t('delete'),
                  icon: <TrashIcon />,
                  isDanger: true,
                  onSelect: () => void deleteProject(project.id),
                },
              ]}
            />
          </div>
        </div>
        <p className={styles['facts']}>
          {[counts.classes(project.classLabels.length), counts.photos(numPhotos)].join(' · ')}
        </p>
        <p className={styles['facts']}>
          <Accuracy summary={summary} />
          <span>{t('changed', { date: format.date(project.updatedAt) })}</span>
        </p>
      </div>
      {isRenaming ? (
        <NameDialog
          title={t('rename')}
          submitLabel={t('save')}
          initialName={project.name}
          onClose={() => {
            setIsRenaming(false);
          }}
          onSubmit={(name) => void renameProject(project.id, name)}
        />
      ) : null}
    </li>
  );
}

function Accuracy({ summary }: { readonly summary: ProjectSummary }) {
  const { lastAccuracy: value, hasModel } = summary;
  const { t } = useTranslation('projects');
  const format = useFormat();
  if (value === null) return <span>{t(hasModel ? 'trained' : 'notTrained')}</span>;
  return (
    <span className={styles['accuracy']}>{t('accuracy', { percent: format.percent(value) })}</span>
  );
}
