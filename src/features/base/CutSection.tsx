import { useTranslation } from 'react-i18next';
import type { BaseModel } from '../../domain/baseModel.ts';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { CutEditor } from './CutEditor.tsx';
import styles from './CutSection.module.css';
import { FailureNotice } from '../../ui/FailureNotice.tsx';
import { PixelRangeField } from './PixelRangeField.tsx';
import { useBaseSummary } from './useBaseSummary.ts';

/** Where the project's base is cut; what to do where that base is not at hand. */
export function CutSection({ project }: { readonly project: Project }) {
  const { t } = useTranslation('base');
  const bases = useAppState((state) => state.bases);
  const model = bases.find(({ base }) => base.id === project.baseId)?.model;
  if (model != null) return <Cut project={project} base={model} />;
  return (
    <NoticeBar tone="warning">
      <strong>{t('missing.title')}</strong> {t('missing.text')}
    </NoticeBar>
  );
}

interface CutProps {
  readonly project: Project;
  readonly base: BaseModel;
}

function Cut({ project, base }: CutProps) {
  const { t } = useTranslation('base');
  const found = useBaseSummary(base);
  return (
    <Card as="section" aria-labelledby="cut">
      <h2 id="cut">{t('cut.title', { name: base.name })}</h2>
      <p className={styles['lead']}>{t('cut.lead')}</p>
      {base.isOpaque ? (
        <div className={styles['notice']}>
          <NoticeBar>{t('cut.opaque')}</NoticeBar>
        </div>
      ) : null}
      {base.origin === 'imported' ? <PixelRangeField base={base} /> : null}
      {found.status === 'loading' ? (
        <p role="status" className={styles['loading']}>
          {t('cut.loading')}
        </p>
      ) : null}
      {found.status === 'failed' ? (
        <div className={styles['notice']}>
          <FailureNotice failure={found.failure} />
        </div>
      ) : null}
      {found.status === 'ready' ? (
        // Another base starts with a fresh editor.
        <CutEditor key={base.id} project={project} base={base} summary={found.summary} />
      ) : null}
    </Card>
  );
}
