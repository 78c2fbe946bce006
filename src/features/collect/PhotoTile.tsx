import { memo, useRef, type MouseEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SampleId } from '../../domain/ids.ts';
import type { Framing } from '../../domain/preprocessing.ts';
import type { Sample } from '../../domain/project.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { Thumbnail } from '../../ui/Thumbnail.tsx';
import styles from './PhotoTile.module.css';

export type ClickMode = 'only' | 'toggle' | 'range';

interface PhotoTileProps {
  readonly domId: string;
  readonly sample: Sample;
  /** Counts from 1, in the whole class. */
  readonly position: number;
  readonly numPhotos: number;
  readonly framing: Framing;
  readonly isChosen: boolean;
  readonly isCursor: boolean;
  readonly onClick: (id: SampleId, mode: ClickMode) => void;
}

/** Kept as it is while the grid scrolls under it. */
export const PhotoTile = memo(function PhotoTile(props: PhotoTileProps) {
  const { sample } = props;
  const { t } = useTranslation('collect');
  const pointerType = useRef('mouse');
  const mode = (event: MouseEvent): ClickMode => {
    if (event.shiftKey) return 'range';
    // A finger has no Ctrl key.
    const isToggle = event.ctrlKey || event.metaKey || pointerType.current === 'touch';
    return isToggle ? 'toggle' : 'only';
  };
  return (
    <div
      id={props.domId}
      role="option"
      aria-selected={props.isChosen}
      aria-setsize={props.numPhotos}
      aria-posinset={props.position}
      aria-label={sample.fileName}
      title={sample.fileName}
      className={styles['tile']}
      data-cursor={props.isCursor}
      onPointerDown={(event: PointerEvent) => {
        pointerType.current = event.pointerType;
      }}
      onClick={(event) => {
        props.onClick(sample.id, mode(event));
      }}
    >
      <Thumbnail hash={sample.imageHash} alt="" framing={props.framing} />
      {sample.split === 'auto' ? null : (
        <span className={styles['split']}>{t(`gallery.split.${sample.split}`)}</span>
      )}
      <span className={styles['mark']} aria-hidden="true">
        <CheckIcon />
      </span>
    </div>
  );
});
