import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { DropHint } from '../../ui/DropHint.tsx';
import { ArrowRightIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { stepHref } from '../../ui/route.ts';
import { useFileDrop } from '../../ui/useFileDrop.ts';
import { AddBaseCard } from './AddBaseCard.tsx';
import { BaseList } from './BaseList.tsx';
import styles from './BasePage.module.css';
import { CutSection } from './CutSection.tsx';
import { ImportStatus } from './ImportStatus.tsx';
import { OwnBaseCard } from './own/OwnBaseCard.tsx';
import { ScratchComparison } from './own/ScratchComparison.tsx';
import { TransferSection } from './TransferSection.tsx';
import { useImport } from './useImport.ts';

/** What to transfer, and from where: the networks, and the cut of the one in use. */
export function BasePage() {
  const project = useAppState((state) => state.project);
  return project === null ? null : <Base project={project} />;
}

function Base({ project }: { readonly project: Project }) {
  const { t } = useTranslation('base');
  const loadBases = useAppState((state) => state.loadBases);
  const hasRuns = useAppState((state) => state.runs.length > 0);
  useEffect(() => void loadBases(), [loadBases]);
  const imports = useImport();
  const isOver = useFileDrop(imports.addDrop);
  return (
    <>
      <PageHeading
        title={t('title')}
        actions={
          <LinkButton href={stepHref(project.id, 'train')} icon={<ArrowRightIcon />}>
            {t('next')}
          </LinkButton>
        }
      >
        {t('lead')} {hasRuns ? t('retrain') : null}
      </PageHeading>
      <ImportStatus imports={imports} />
      <div className={styles['sections']}>
        <BaseList project={project} />
        <CutSection project={project} />
        <TransferSection project={project} />
        <ScratchComparison project={project} />
        <AddBaseCard imports={imports} />
        <OwnBaseCard key={project.id} project={project} />
      </div>
      {isOver ? <DropHint>{t('add.drop')}</DropHint> : null}
    </>
  );
}
