import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SparkIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { stepHref } from '../../ui/route.ts';
import { AugmentationPanel } from './augmentation/AugmentationPanel.tsx';
import { canGoOnFrom } from '../../domain/runOrigin.ts';
import { selectedRun } from '../../state/selectedRun.ts';
import { BackendPanel } from './BackendPanel.tsx';
import { PausedRuns } from './PausedRuns.tsx';
import { RunList } from './RunList.tsx';
import { RunResult } from './RunResult.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import styles from './TrainPage.module.css';
import { TrainingProgress } from './TrainingProgress.tsx';
import { TrainingSetCard } from './TrainingSetCard.tsx';
import { useIsModelCurrent } from './useIsModelCurrent.ts';

/** What will be trained, the one button that does it, and what came of it. */
export function TrainPage() {
  const { t } = useTranslation('train');
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const startTraining = useAppState((state) => state.startTraining);
  const isIdle = useAppState(
    ({ training: { status } }) => status === 'idle' || status === 'failed',
  );
  const isModelCurrent = useIsModelCurrent();
  usePreparedBase();
  if (project === null) return null;

  const classesWithPhotos = new Set(samples.map(({ classLabelId }) => classLabelId));
  const canTrain = classesWithPhotos.size >= 2;
  return (
    <>
      <PageHeading
        title={t('title')}
        actions={
          canTrain ? (
            <>
              <TrainMoreButton isIdle={isIdle} />
              <Button
                variant={isModelCurrent ? 'secondary' : 'primary'}
                icon={<SparkIcon />}
                disabled={!isIdle}
                onClick={() => void startTraining()}
              >
                {t('train')}
              </Button>
            </>
          ) : undefined
        }
      >
        {t('lead')}
      </PageHeading>
      <div className={styles['columns']}>
        <div className={styles['main']}>
          <TrainingProgress />
          <PausedRuns />
          <RunResult />
          {canTrain ? (
            <>
              <TrainingSetCard />
              <AugmentationPanel />
            </>
          ) : (
            <EmptyState
              title={t('tooFew.title')}
              actions={
                <LinkButton variant="primary" href={stepHref(project.id, 'collect')}>
                  {t('toCollect')}
                </LinkButton>
              }
            >
              {t('tooFew.text')}
            </EmptyState>
          )}
          <RunList />
        </div>
        <div className={styles['side']}>
          <SettingsPanel />
          <BackendPanel />
        </div>
      </div>
    </>
  );
}

/** Nothing where there is no model that training as it is set could begin with. */
function TrainMoreButton({ isIdle }: { readonly isIdle: boolean }) {
  const { t } = useTranslation('train');
  const run = useAppState(selectedRun);
  const project = useAppState((state) => state.project);
  const trainMore = useAppState((state) => state.trainMore);
  if (run === null || project === null || !canGoOnFrom(run, project)) return null;
  return (
    <Button disabled={!isIdle} title={t('trainMoreHint')} onClick={() => void trainMore()}>
      {t('trainMore')}
    </Button>
  );
}

/** Loads the base and measures backends while the user is still reading. */
function usePreparedBase(): void {
  const baseId = useAppState(({ project }) => project?.baseId);
  const prepareBase = useAppState((state) => state.prepareBase);
  useEffect(() => {
    if (baseId !== undefined) void prepareBase();
  }, [baseId, prepareBase]);
}
