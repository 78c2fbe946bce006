import { useTranslation } from 'react-i18next';
import { activationBytes, activationSize, type LayerSummary } from '../../domain/baseSummary.ts';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { PHOTOS_FOR_SIZE } from './CutChoice.tsx';
import styles from './CutCost.module.css';
import { useMissingPhotos } from './useMissingPhotos.ts';

/** From here on a few thousand photos fill a browser's storage and a head's memory. */
const LARGE_BYTES = 100_000_000;

interface CutCostProps {
  readonly project: Project;
  readonly layers: readonly LayerSummary[];
}

/** What training at this cut will have to compute, and whether its activations are unwieldy. */
export function CutCost({ project, layers }: CutCostProps) {
  const { t } = useTranslation('base');
  const isLarge =
    activationBytes(PHOTOS_FOR_SIZE, activationSize(layers, project.cut)) >= LARGE_BYTES;
  return (
    <>
      <div role="status" className={styles['cost']}>
        <MissingPhotos project={project} />
      </div>
      {isLarge ? <NoticeBar tone="warning">{t('cut.large')}</NoticeBar> : null}
    </>
  );
}

function MissingPhotos({ project }: { readonly project: Project }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const missing = useMissingPhotos(project);
  const total = useAppState((state) => state.samples.length);
  if (missing === null || total === 0) return null;
  if (missing === 0) {
    return (
      <>
        <CheckIcon />
        {t('cut.computed')}
      </>
    );
  }
  const count = { count: missing, formatted: format.number(missing) };
  return missing === total
    ? t('cut.missing', count)
    : t('cut.someMissing', { ...count, total: format.number(total) });
}
