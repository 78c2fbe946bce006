import { useTranslation } from 'react-i18next';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { ProbabilityBars } from '../../ui/charts/ProbabilityBars.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { FolderIcon, TrashIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Thumbnail } from '../../ui/Thumbnail.tsx';
import { isMoved, type CellPhoto } from './cellPhotos.ts';
import styles from './CellPhotosCard.module.css';

/** Classes whose probabilities are shown: the answer and its closest rivals. */
const NUM_BARS = 3;

interface OutcomePhotoProps {
  readonly photo: CellPhoto;
  readonly run: CompletedRun;
  readonly trueIndex: number;
}

/** One held-out photo, the model's answer on it, and what can be done about a wrong label. */
export function OutcomePhoto({ photo, run, trueIndex }: OutcomePhotoProps) {
  const { t } = useTranslation('evaluate');
  const classLabels = useAppState((state) => state.project?.classLabels);
  const { labels, preprocessing } = run.classifier;
  const { sample, probabilities } = photo;
  const name = sample?.fileName.split('/').at(-1) ?? '';
  const bars = labels
    .map((label, index) => ({ ...label, probability: probabilities[index] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, NUM_BARS);
  const nowIn = isMoved(photo, labels[trueIndex]?.id)
    ? classLabels?.find(({ id }) => id === sample?.classLabelId)?.name
    : undefined;
  return (
    <article className={styles['photo']} aria-label={name}>
      <Thumbnail hash={photo.imageHash} alt={name} framing={preprocessing.framing} />
      <div className={styles['texts']}>
        <ProbabilityBars label={t('photos.probabilities', { name })} bars={bars} />
        <span className={styles['name']} title={sample?.fileName}>
          {name}
        </span>
        {sample === null ? <span className={styles['now']}>{t('photos.deleted')}</span> : null}
        {nowIn === undefined ? null : (
          <span className={styles['now']}>{t('photos.nowIn', { name: nowIn })}</span>
        )}
        <PhotoActions photo={photo} name={name} />
      </div>
    </article>
  );
}

function PhotoActions({ photo, name }: { readonly photo: CellPhoto; readonly name: string }) {
  const { t } = useTranslation('evaluate');
  const classLabels = useAppState((state) => state.project?.classLabels) ?? [];
  const moveSamples = useAppState((state) => state.moveSamples);
  const deleteSamples = useAppState((state) => state.deleteSamples);
  const { sample } = photo;
  if (sample === null) return null;
  return (
    <div className={styles['actions']}>
      <Menu
        label={t('photos.move', { name })}
        icon={<FolderIcon />}
        items={classLabels.map((label) => ({
          label: label.name,
          isChecked: label.id === sample.classLabelId,
          onSelect: () => void moveSamples([sample.id], label.id),
        }))}
      />
      <IconButton
        label={t('photos.delete', { name })}
        icon={<TrashIcon />}
        onClick={() => void deleteSamples([sample.id])}
      />
    </div>
  );
}
