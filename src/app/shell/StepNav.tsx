import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import {
  BoxIcon,
  CameraIcon,
  ChartIcon,
  LayersIcon,
  PhotoIcon,
  SparkIcon,
} from '../../ui/icons.tsx';
import { STEPS, stepHref, type Step } from '../../ui/route.ts';
import styles from './StepNav.module.css';
import { missingForSteps } from './stepReadiness.ts';

const STEP_ICONS: Readonly<Record<Step, ReactNode>> = {
  collect: <PhotoIcon />,
  base: <LayersIcon />,
  train: <SparkIcon />,
  evaluate: <ChartIcon />,
  predict: <CameraIcon />,
  export: <BoxIcon />,
};

/** Links to the steps. One that is not of use yet still opens: its page says what is missing. */
export function StepNav({ project, step }: { readonly project: Project; readonly step: Step }) {
  const { t } = useTranslation('common');
  const samples = useAppState((state) => state.samples);
  const runs = useAppState((state) => state.runs);
  const missing = missingForSteps(project, samples, runs);
  return (
    <nav aria-label={t('steps')} className={styles['nav']}>
      <ol className={styles['list']}>
        {STEPS.map((each) => {
          const lack = missing[each];
          return (
            <li key={each}>
              <a
                href={stepHref(project.id, each)}
                className={styles['link']}
                aria-current={each === step ? 'page' : undefined}
                data-missing={lack !== null}
                title={lack === null ? undefined : t(`missing.${lack}`)}
              >
                {STEP_ICONS[each]}
                <span>{t(`step.${each}`)}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
