import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SampleId } from '../../domain/ids.ts';
import type { ClassLabel, Sample } from '../../domain/project.ts';
import type { Framing } from '../../domain/preprocessing.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { useCounts } from '../../ui/counts.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowLeftIcon, CameraIcon } from '../../ui/icons.tsx';
import { PageHeading } from '../../ui/PageHeading.tsx';
import { AddPhotosButton } from './AddPhotosButton.tsx';
import styles from './ClassGallery.module.css';
import { PhotoGrid } from './PhotoGrid.tsx';
import { afterRemoval, NOTHING_CHOSEN, withoutMissing, type Selection } from './selection.ts';
import { SelectionBar } from './SelectionBar.tsx';

interface ClassGalleryProps {
  readonly label: ClassLabel;
  /** Newest first. */
  readonly samples: readonly Sample[];
  readonly otherClasses: readonly ClassLabel[];
  readonly framing: Framing;
  readonly onClose: () => void;
  readonly onWebcam: () => void;
}

/** All photos of one class: look through them, choose, move, delete. */
export function ClassGallery(props: ClassGalleryProps) {
  const { label, samples } = props;
  const { t } = useTranslation('collect');
  const counts = useCounts();
  const [stored, setSelection] = useState<Selection<SampleId>>(NOTHING_CHOSEN);
  const order = useMemo(() => samples.map(({ id }) => id), [samples]);
  const selection = useMemo(() => withoutMissing(order, stored), [order, stored]);
  const deleteSamples = useAppState((state) => state.deleteSamples);
  const moveSamples = useAppState((state) => state.moveSamples);
  const grid = useRef<HTMLDivElement>(null);

  const remove = (change: (ids: readonly SampleId[]) => Promise<void>) => {
    const ids = [...selection.chosen];
    if (ids.length === 0) return;
    setSelection(afterRemoval(order, selection));
    void change(ids);
    // The button that was pressed goes away with the selection.
    grid.current?.focus();
  };
  const deleteChosen = () => {
    remove(deleteSamples);
  };
  return (
    <>
      <div className={styles['back']}>
        <Button variant="quiet" icon={<ArrowLeftIcon />} onClick={props.onClose}>
          {t('gallery.back')}
        </Button>
      </div>
      <PageHeading
        title={label.name}
        actions={
          <>
            <AddPhotosButton classLabelId={label.id} />
            <Button icon={<CameraIcon />} onClick={props.onWebcam}>
              {t('webcam')}
            </Button>
          </>
        }
      >
        <span className={styles['count']}>
          <ClassSwatch colorIndex={label.colorIndex} />
          {counts.photos(samples.length)}
        </span>
      </PageHeading>
      {samples.length === 0 ? (
        <EmptyState title={label.name}>{t('gallery.empty')}</EmptyState>
      ) : (
        <>
          <SelectionBar
            order={order}
            selection={selection}
            otherClasses={props.otherClasses}
            onSelect={setSelection}
            onDelete={deleteChosen}
            onMove={(to) => {
              remove((ids) => moveSamples(ids, to));
            }}
          />
          <PhotoGrid
            gridRef={grid}
            label={t('gallery.photosOf', { name: label.name })}
            samples={samples}
            order={order}
            framing={props.framing}
            selection={selection}
            onSelect={setSelection}
            onDelete={deleteChosen}
          />
        </>
      )}
    </>
  );
}
