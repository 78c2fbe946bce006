import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../domain/evaluation.ts';
import { isOpenedModel, type CompletedRun } from '../../domain/trainingRun.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { stepHref } from '../../ui/route.ts';
import type { MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { AccuracyCard } from './AccuracyCard.tsx';
import { AveragingCard } from './AveragingCard.tsx';
import type { HeldOutPart } from './cellPhotos.ts';
import { ClassMetricsCard } from './ClassMetricsCard.tsx';
import { MatrixCard } from './MatrixCard.tsx';
import styles from './EvaluatePage.module.css';

const PARTS: readonly HeldOutPart[] = ['test', 'validation'];

interface RunEvaluationProps {
  readonly run: CompletedRun;
  readonly compared: CompletedRun | null;
}

/** The run's measures on one part of the held-out photos, test first; or why there are none. */
export function RunEvaluation({ run, compared }: RunEvaluationProps) {
  const { t } = useTranslation('evaluate');
  const parts = PARTS.filter((part) => run.evaluations[part] !== null);
  const [chosen, setChosen] = useState<HeldOutPart>(parts[0] ?? 'validation');
  const evaluation = run.evaluations[chosen];
  if (evaluation === null) return <NothingHeldOut run={run} />;

  const sections = (
    <PartSections
      key={chosen}
      run={run}
      part={chosen}
      evaluation={evaluation}
      compared={compared}
      comparedEvaluation={compared?.evaluations[chosen] ?? null}
    />
  );
  if (parts.length === 1) return sections;
  return (
    <Tabs
      label={t('parts')}
      tabs={parts.map((part) => ({ value: part, label: t(`part.${part}`) }))}
      value={chosen}
      onChange={setChosen}
    >
      {sections}
    </Tabs>
  );
}

interface PartSectionsProps extends RunEvaluationProps {
  readonly part: HeldOutPart;
  readonly evaluation: Evaluation;
  readonly comparedEvaluation: Evaluation | null;
}

function PartSections({ run, part, evaluation, compared, comparedEvaluation }: PartSectionsProps) {
  const [selected, setSelected] = useState<MatrixCell | null>(null);
  const { labels } = run.classifier;
  return (
    <div className={styles['sections']}>
      <AccuracyCard
        run={run}
        part={part}
        evaluation={evaluation}
        compared={compared}
        comparedEvaluation={comparedEvaluation}
        onSelectMistake={setSelected}
      />
      <MatrixCard
        run={run}
        part={part}
        evaluation={evaluation}
        selected={selected}
        onSelect={setSelected}
      />
      <ClassMetricsCard
        labels={labels}
        evaluation={evaluation}
        comparison={
          compared === null || comparedEvaluation === null
            ? null
            : { labels: compared.classifier.labels, evaluation: comparedEvaluation }
        }
      />
      <AveragingCard run={run} part={part} />
    </div>
  );
}

function NothingHeldOut({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('evaluate');
  const reason = isOpenedModel(run) ? 'openedModel' : 'nothingHeldOut';
  return (
    <EmptyState
      title={t(`${reason}.title`)}
      actions={
        <LinkButton variant="primary" href={stepHref(run.projectId, 'train')}>
          {t('nothingHeldOut.action')}
        </LinkButton>
      }
    >
      {t(`${reason}.text`)}
    </EmptyState>
  );
}
