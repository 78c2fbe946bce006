import { useTranslation } from 'react-i18next';
import { heldOutEvaluation, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import { ArrowRightIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { stepHref } from '../../ui/route.ts';
import { isOpenedModel, type CompletedRun } from '../../domain/trainingRun.ts';
import { LearningCurves } from './LearningCurves.tsx';
import { changedSettings, changesSince } from './runChanges.ts';
import styles from './RunResult.module.css';
import { useIsModelCurrent } from './useIsModelCurrent.ts';

/** The curves of the training that goes on, or the chosen run with its curves and what to do next. */
export function RunResult() {
  const { t } = useTranslation('train');
  const fitting = useAppState(({ training }) => (training.status === 'fitting' ? training : null));
  const run = useAppState(selectedRun);
  if (fitting !== null) {
    return (
      <Card as="section" aria-labelledby="curves">
        <h2 id="curves">{t('curves.title')}</h2>
        <LearningCurves
          epochs={fitting.epochs}
          step={fitting.totalEpochs === null ? 'iteration' : 'epoch'}
          totalEpochs={fitting.totalEpochs ?? roomFor(fitting.epochs.length)}
        />
      </Card>
    );
  }
  if (run === null) return null;
  return (
    <Card as="section" aria-labelledby="result">
      {isOpenedModel(run) ? <OpenedHead run={run} /> : <ResultHead run={run} />}
      <ChangesNotice run={run} />
      {run.epochs.length === 0 ? null : (
        <LearningCurves
          epochs={run.epochs}
          step={run.config.solver === 'exact' ? 'iteration' : 'epoch'}
          totalEpochs={run.epochs.length}
        />
      )}
    </Card>
  );
}

/** A model that was opened: it has no figures, but answers. */
function OpenedHead({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('train');
  const runNumber = useAppState(({ runs }) => runs.length - runs.indexOf(run));
  return (
    <div className={styles['head']}>
      <div className={styles['texts']}>
        <h2 id="result">{t('runs.name', { number: runNumber })}</h2>
        <p className={styles['soft']}>{t('result.opened')}</p>
      </div>
      <LinkButton href={stepHref(run.projectId, 'predict')} icon={<ArrowRightIcon />}>
        {t('result.try')}
      </LinkButton>
    </div>
  );
}

/** Room on the chart for a fit without a set end: doubled when it is full, since each change draws anew. */
function roomFor(numEpochs: number): number {
  return 20 * 2 ** Math.max(0, Math.ceil(Math.log2(numEpochs / 20)));
}

function ResultHead({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const counts = useCounts();
  const runNumber = useAppState(({ runs }) => runs.length - runs.indexOf(run));
  const isModelCurrent = useIsModelCurrent();
  const embedding = useAppState((state) => state.lastEmbedding);
  const evaluation = heldOutEvaluation(run);
  const seconds = run.durationMs / 1000;
  return (
    <>
      <div className={styles['head']}>
        <div className={styles['texts']}>
          <h2 id="result">{t('runs.name', { number: runNumber })}</h2>
          <p className={styles['soft']}>
            {t(run.config.solver === 'exact' ? 'result.tookExactly' : 'result.took', {
              epochs: format.number(run.epochs.length),
              seconds: format.number(seconds, seconds < 10 ? 1 : 0),
              backend: t(`backend.name.${run.backend}`),
            })}
          </p>
          {embedding === null ? null : (
            <p className={styles['soft']}>
              {t(run.augmentation ? 'result.embeddingViews' : 'result.embedding', {
                computed: format.number(embedding.computed),
                reused: format.number(embedding.reused),
              })}
            </p>
          )}
        </div>
        {evaluation === null ? null : (
          <p className={styles['accuracy']}>
            <strong>{format.percent(evaluation.accuracy)}</strong>{' '}
            {t('result.onHeldOut', { photos: counts.photos(evaluation.numSamples) })}
          </p>
        )}
        <LinkButton
          href={stepHref(run.projectId, 'evaluate')}
          variant={isModelCurrent ? 'primary' : 'secondary'}
          icon={<ArrowRightIcon />}
        >
          {t('result.evaluate')}
        </LinkButton>
      </div>
      {evaluation === null ? <p className={styles['soft']}>{t('result.noHeldOut')}</p> : null}
    </>
  );
}

/** Says that the project has moved on since the run. */
function ChangesNotice({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const { numAdded, numRemoved, numMoved } = changesSince(run, samples);
  const changes = [
    { key: 'changes.added', count: numAdded },
    { key: 'changes.removed', count: numRemoved },
    { key: 'changes.moved', count: numMoved },
  ] as const;
  const texts = [
    ...(project === null ? [] : changedSettings(run, project)).map((each) => t(`changes.${each}`)),
    ...changes
      .filter(({ count }) => count > 0)
      .map(({ key, count }) => t(key, { count, formatted: format.number(count) })),
  ];
  if (texts.length === 0) return null;
  return (
    <div className={styles['notice']}>
      <NoticeBar tone="warning">
        {t('changes.since', { changes: texts.join(t('changes.and')) })}
      </NoticeBar>
    </div>
  );
}
