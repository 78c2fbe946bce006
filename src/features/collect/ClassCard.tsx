import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassLabel, Sample } from '../../domain/project.ts';
import type { Framing } from '../../domain/preprocessing.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { classColor } from '../../ui/classColors.ts';
import { useCounts } from '../../ui/counts.ts';
import { EditableText } from '../../ui/EditableText.tsx';
import { CameraIcon, GripIcon } from '../../ui/icons.tsx';
import { hasFiles } from '../../ui/useFileDrop.ts';
import { AddPhotosButton } from './AddPhotosButton.tsx';
import styles from './ClassCard.module.css';
import { ClassColorMenu } from './ClassColorMenu.tsx';
import { ClassMenu } from './ClassMenu.tsx';
import { PhotoStrip } from './PhotoStrip.tsx';

/** Marks a drag as a class card's, and carries its id. */
const CLASS_DRAG_TYPE = 'application/x-graft-class';

interface ClassCardProps {
  readonly label: ClassLabel;
  readonly index: number;
  readonly numClasses: number;
  /** Newest first. */
  readonly samples: readonly Sample[];
  readonly framing: Framing;
  /** What is pasted goes here. */
  readonly isActive: boolean;
  readonly onActivate: () => void;
  readonly onOpen: () => void;
  readonly onWebcam: () => void;
  /** Another card was dropped on this one. */
  readonly onReorder: (draggedId: string) => void;
}

/** A class with its newest photos and every way to add more. */
export function ClassCard(props: ClassCardProps) {
  const { label, samples } = props;
  const { t } = useTranslation('collect');
  const counts = useCounts();
  const renameClass = useAppState((state) => state.renameClass);
  const drop = useCardDrop(props);
  return (
    <li
      aria-label={label.name}
      className={styles['card']}
      data-active={props.isActive}
      data-over={drop.isOver}
      style={{ borderTopColor: classColor(label.colorIndex) }}
      onFocus={props.onActivate}
      onPointerDown={props.onActivate}
      {...drop.handlers}
    >
      <div className={styles['head']}>
        <ClassColorMenu label={label} />
        <h2 className={styles['name']}>
          <EditableText
            label={t('class.name')}
            value={label.name}
            onCommit={(name) => void renameClass(label.id, name)}
          />
        </h2>
        <span className={styles['count']}>{counts.photos(samples.length)}</span>
        <span
          className={styles['grip']}
          draggable
          title={t('class.drag', { name: label.name })}
          onDragStart={(event) => {
            event.dataTransfer.setData(CLASS_DRAG_TYPE, label.id);
            event.dataTransfer.effectAllowed = 'move';
          }}
        >
          <GripIcon />
        </span>
        <ClassMenu {...props} />
      </div>
      <PhotoStrip {...props} />
      <div className={styles['actions']}>
        <AddPhotosButton classLabelId={label.id} />
        <Button icon={<CameraIcon />} onClick={props.onWebcam}>
          {t('webcam')}
        </Button>
      </div>
    </li>
  );
}

/** Takes files for the class and other cards for the order. */
function useCardDrop({ label, onReorder }: ClassCardProps) {
  const [isOver, setIsOver] = useState(false);
  const addDrop = useAppState((state) => state.addDrop);
  const isWelcome = ({ dataTransfer }: DragEvent) =>
    hasFiles(dataTransfer) || dataTransfer.types.includes(CLASS_DRAG_TYPE);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!isWelcome(event)) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => {
      setIsOver(false);
    },
    onDrop: (event: DragEvent) => {
      setIsOver(false);
      if (!isWelcome(event)) return;
      // Tells the page's own drop that this one is taken.
      event.preventDefault();
      if (hasFiles(event.dataTransfer)) void addDrop(event.dataTransfer, label.id);
      else onReorder(event.dataTransfer.getData(CLASS_DRAG_TYPE));
    },
  };
  return { isOver, handlers };
}
