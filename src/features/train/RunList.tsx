import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunId } from '../../domain/ids.ts';
import { isOpenedModel, type TrainingRun } from '../../domain/trainingRun.ts';
import { heldOutEvaluation, isCompleted, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { RunComparison } from './RunComparison.tsx';
import styles from './RunList.module.css';

/** Every run of the project, newest first: one is in use, any can be compared. */
export const RunList = memo(function RunList() {
  const { t } = useTranslation('train');
  const runs = useAppState((state) => state.runs);
  const inUse = useAppState(selectedRun);
  const selectRun = useAppState((state) => state.selectRun);
  const [comparedIds, setComparedIds] = useState<ReadonlySet<RunId>>(new Set());
  if (runs.length === 0) return null;

  const numbered = runs.map((run, index) => ({ run, number: runs.length - index }));
  const compared = numbered.filter(({ run }) => comparedIds.has(run.id));
  return (
    <Card as="section" aria-labelledby="runs">
      <h2 id="runs">{t('runs.title')}</h2>
      <ul className={styles['runs']}>
        {numbered.map(({ run, number }) => (
          <RunRow
            key={run.id}
            run={run}
            number={number}
            isInUse={run.id === inUse?.id}
            isCompared={comparedIds.has(run.id)}
            onUse={() => {
              selectRun(run.id);
            }}
            onCompare={(isCompared) => {
              const others = [...comparedIds].filter((id) => id !== run.id);
              setComparedIds(new Set(isCompared ? [...others, run.id] : others));
            }}
          />
        ))}
      </ul>
      {compared.length < 2 ? null : <RunComparison runs={compared} />}
    </Card>
  );
});

interface RunRowProps {
  readonly run: TrainingRun;
  readonly number: number;
  readonly isInUse: boolean;
  readonly isCompared: boolean;
  readonly onUse: () => void;
  readonly onCompare: (isCompared: boolean) => void;
}

function RunRow({ run, number, isInUse, isCompared, onUse, onCompare }: RunRowProps) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const baseName = useAppState(
    ({ bases }) => bases.find(({ base }) => base.id === run.classifier.baseId)?.base.name,
  );
  const evaluation = heldOutEvaluation(run);
  const settings = useRunSettings(run);
  return (
    <li className={styles['run']}>
      <label className={styles['use']}>
        <input
          type="radio"
          name="run-in-use"
          checked={isInUse}
          disabled={!isCompleted(run)}
          onChange={onUse}
        />
        <span>
          <span className={styles['name']}>{t('runs.name', { number })}</span>{' '}
          <span className={styles['status']}>
            <RunStatus run={run} />
          </span>
        </span>
      </label>
      <span className={styles['accuracy']}>
        {evaluation === null ? '' : format.percent(evaluation.accuracy)}
      </span>
      <p className={styles['facts']}>
        {[format.time(run.startedAt), baseName ?? run.classifier.baseId, settings].join(' · ')}
      </p>
      <label className={styles['compare']}>
        <input
          type="checkbox"
          checked={isCompared}
          aria-label={t('runs.compareRun', { number })}
          onChange={(event) => {
            onCompare(event.target.checked);
          }}
        />
        {t('runs.compare')}
      </label>
    </li>
  );
}

/** The solver with what distinguishes one of its fits from another. */
function useRunSettings(run: TrainingRun): string {
  const { t } = useTranslation('train');
  const format = useFormat();
  const { config } = run;
  if (isOpenedModel(run)) return t('runs.opened');
  if (config.solver !== 'exact') {
    const steps = t('runs.gradient', {
      epochs: format.number(config.epochs),
      batchSize: format.number(config.batchSize),
      learningRate: format.number(config.learningRate, 6),
    });
    if (config.solver === 'gradient') return steps;
    return t('runs.deeper', { layer: config.start?.layer, steps });
  }
  const chosen = isCompleted(run) ? run.chosen : undefined;
  if (chosen === undefined) return t('solver.exact');
  return t('runs.exact', {
    scaling: t(`scaling.${chosen.scaling}`),
    l2: format.number(chosen.l2, 8),
  });
}

function RunStatus({ run }: { readonly run: TrainingRun }) {
  const { t } = useTranslation('train');
  const format = useFormat();
  if (run.status === 'paused' && run.epochs.length === 0) return t('runs.status.interrupted');
  if (run.status !== 'completed') return t(`runs.status.${run.status}`);
  if (!run.isStoppedEarly) return t('runs.status.completed');
  const number = format.number(run.epochs.length);
  return run.config.solver === 'exact'
    ? t('runs.status.stoppedAtIteration', { number })
    : t('runs.status.stopped', { number });
}
