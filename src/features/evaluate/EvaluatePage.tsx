import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunId } from '../../domain/ids.ts';
import { isCompleted, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { stepHref } from '../../ui/route.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useRunNames } from './useRunNames.ts';
import styles from './EvaluatePage.module.css';
import { RunEvaluation } from './RunEvaluation.tsx';

/** How good the chosen run is on photos that it did not learn from. */
export function EvaluatePage() {
  const { t } = useTranslation('evaluate');
  const project = useAppState((state) => state.project);
  const run = useAppState(selectedRun);
  const runs = useAppState((state) => state.runs);
  const selectRun = useAppState((state) => state.selectRun);
  const runNames = useRunNames();
  const [comparedId, setComparedId] = useState<RunId | 'none'>('none');
  if (project === null) return null;
  if (run === null) {
    return (
      <>
        <PageHeading title={t('title')} />
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

  const completed = runs.filter(isCompleted);
  const others = completed.filter(({ id }) => id !== run.id);
  const compared = others.find(({ id }) => id === comparedId) ?? null;
  return (
    <>
      <PageHeading title={t('title')}>{t('lead')}</PageHeading>
      {others.length === 0 ? null : (
        <div className={styles['choices']}>
          <SelectField
            label={t('run')}
            value={run.id}
            options={completed.map((each) => ({ value: each.id, label: runNames.option(each) }))}
            onChange={selectRun}
          />
          <SelectField
            label={t('compareWith')}
            value={compared?.id ?? 'none'}
            options={[
              { value: 'none', label: t('noComparison') },
              ...others.map((each) => ({ value: each.id, label: runNames.option(each) })),
            ]}
            onChange={setComparedId}
          />
        </div>
      )}
      <RunEvaluation key={run.id} run={run} compared={compared} />
    </>
  );
}
