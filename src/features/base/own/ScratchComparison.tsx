import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BaseModel } from '../../../domain/baseModel.ts';
import type { Project } from '../../../domain/project.ts';
import { transferPhotosKey } from '../../../state/transferPhotosKey.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ComparedCurves } from './ComparedCurves.tsx';
import styles from './OwnBaseCard.module.css';
import { ScratchProgress } from './ScratchProgress.tsx';
import { useIsScratchBusy } from './useIsScratchBusy.ts';

/** For a base that was trained here: whether using it frozen beats training its network anew. */
export function ScratchComparison({ project }: { readonly project: Project }) {
  const bases = useAppState((state) => state.bases);
  const base = bases.find(({ model }) => model?.id === project.baseId)?.model;
  if (base?.training === undefined) return null;
  return <Comparison project={project} base={base} training={base.training} />;
}

interface ComparisonProps {
  readonly project: Project;
  readonly base: BaseModel;
  readonly training: NonNullable<BaseModel['training']>;
}

function Comparison({ project, base, training }: ComparisonProps) {
  const { t } = useTranslation('ownBase');
  const samples = useAppState((state) => state.samples);
  const status = useAppState((state) => state.comparing);
  const found = useAppState((state) => state.scratchComparison);
  const compare = useAppState((state) => state.compareWithScratch);
  const isBusy = useIsScratchBusy();
  const photosKey = useMemo(() => transferPhotosKey(project, samples), [project, samples]);
  const current = found?.baseId === base.id && found.photosKey === photosKey ? found : null;
  const isRunning = status.status === 'computing' || status.status === 'fitting';
  return (
    <Card as="section" aria-labelledby="scratch">
      <h2 id="scratch">{t('comparison.title')}</h2>
      <p className={styles['lead']}>{t('comparison.lead', { name: base.name })}</p>
      {isRunning ? null : (
        <Button disabled={isBusy || samples.length === 0} onClick={() => void compare()}>
          {t('comparison.compare')}
        </Button>
      )}
      <ScratchProgress status={status} />
      <div role="status" className={styles['result']}>
        {current === null || isRunning ? null : (
          <ComparedCurves
            comparison={current}
            settings={training.settings}
            numClasses={project.classLabels.length}
          />
        )}
      </div>
    </Card>
  );
}
