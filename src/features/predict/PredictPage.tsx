import { useTranslation } from 'react-i18next';
import { selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { stepHref } from '../../ui/route.ts';
import { AveragingChoice } from './AveragingChoice.tsx';
import { FilesCard } from './FilesCard.tsx';
import styles from './PredictPage.module.css';
import { WebcamCard } from './WebcamCard.tsx';

/** The model at work: on the webcam, and on photos that are dropped here. */
export function PredictPage() {
  const { t } = useTranslation('predict');
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const run = useAppState(selectedRun);
  if (project === null) return null;
  if (run === null) {
    const canAnswer = new Set(samples.map(({ classLabelId }) => classLabelId)).size >= 2;
    return (
      <>
        <PageHeading title={t('title')} />
        {canAnswer ? <WebcamCard run={null} /> : null}
        <EmptyState
          title={t('noRun.title')}
          actions={
            <LinkButton variant="primary" href={stepHref(project.id, 'train')}>
              {t('noRun.action')}
            </LinkButton>
          }
        >
          {t('noRun.text')}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      <AveragingChoice />
      <div className={styles['sections']}>
        <WebcamCard key={run.id} run={run} />
        <FilesCard run={run} />
      </div>
    </>
  );
}
