import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import { isOpenedModel, type CompletedRun } from '../../domain/trainingRun.ts';
import { selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useCounts } from '../../ui/counts.ts';
import { downloadFile } from '../../ui/download.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './ExportPage.module.css';

const CONTENTS = [
  ['photos/', 'photos'],
  ['base.keras', 'base'],
  ['job.json', 'job'],
  ['train.py', 'program'],
] as const;

const COMMANDS = [
  ['alone', 'pip install -r requirements.txt && python train.py'],
  ['ray', 'pip install -r requirements-ray.txt && python train.py --ray --workers 2'],
  [
    'cluster',
    `ray job submit --working-dir . --runtime-env-json '{"pip": "requirements.txt"}' -- python train.py --ray --workers 4 --out /shared/model --storage /shared/ray`,
  ],
] as const;

/** All that trains the run's model on other machines. */
export function JobCard({ project }: { readonly project: Project }) {
  const { t } = useTranslation('export');
  const run = useAppState(selectedRun);
  const bases = useAppState((state) => state.bases);
  const baseId = run?.classifier.baseId ?? project.baseId;
  const isOpaque = bases.some(({ model }) => model?.id === baseId && model.isOpaque);
  return (
    <Card as="section" aria-labelledby="job">
      <h2 id="job">{t('job.title')}</h2>
      <p className={styles['summary']}>{t('job.lead')}</p>
      {isOpaque ? (
        <p>{t('job.graphOnly')}</p>
      ) : run === null ? (
        <p>{t('job.noRun')}</p>
      ) : isOpenedModel(run) ? (
        <p>{t('job.opened')}</p>
      ) : (
        <SaveJob run={run} />
      )}
      <h3 className={styles['heading']}>{t('job.inside')}</h3>
      <ul className={`${styles['list']} ${styles['short']}`}>
        {CONTENTS.map(([path, key]) => (
          <li key={path}>
            <code>{path}</code>
            <span>{t(`job.contents.${key}`)}</span>
          </li>
        ))}
      </ul>
      <h3 className={styles['heading']}>{t('job.run')}</h3>
      <ul className={styles['commands']}>
        {COMMANDS.map(([key, command]) => (
          <li key={key}>
            {t(`job.runs.${key}`)}
            <code>{command}</code>
          </li>
        ))}
      </ul>
      <p className={styles['notice']}>{t('job.back')}</p>
    </Card>
  );
}

function SaveJob({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('export');
  const counts = useCounts();
  const isSaving = useAppState((state) => state.saving.status === 'running');
  const saveTrainingJob = useAppState((state) => state.saveTrainingJob);
  const [numLeftOut, setNumLeftOut] = useState(0);
  const save = async () => {
    setNumLeftOut(0);
    const job = await saveTrainingJob(run);
    if (job === null) return;
    downloadFile(job.blob, job.fileName);
    setNumLeftOut(job.numLeftOut);
  };
  return (
    <div className={styles['download']}>
      <span>{counts.photos(run.samples.length)}</span>
      <Button icon={<DownloadIcon />} disabled={isSaving} onClick={() => void save()}>
        {t('job.save')}
      </Button>
      {numLeftOut === 0 ? null : (
        <div role="status">
          <NoticeBar tone="warning">{t('job.leftOut', { count: numLeftOut })}</NoticeBar>
        </div>
      )}
    </div>
  );
}
