import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { Project, Sample } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { BaseCard } from './BaseCard.tsx';
import { ClassCard } from './ClassCard.tsx';
import styles from './ClassOverview.module.css';
import { CollectHeading } from './CollectHeading.tsx';
import { EmptyCollection } from './EmptyCollection.tsx';
import { FramingChoice } from './FramingChoice.tsx';

interface ClassOverviewProps {
  readonly project: Project;
  /** Newest first. */
  readonly groups: ReadonlyMap<ClassLabelId, readonly Sample[]>;
  readonly activeId: ClassLabelId | null;
  readonly onActivate: (id: ClassLabelId) => void;
  readonly onOpen: (id: ClassLabelId) => void;
  readonly onWebcam: (id: ClassLabelId) => void;
}

const NO_SAMPLES: readonly Sample[] = [];

/** All classes as cards, and what holds for the whole project beside them. */
export function ClassOverview(props: ClassOverviewProps) {
  const { project, groups } = props;
  const { t } = useTranslation('collect');
  const addClass = useAppState((state) => state.addClass);
  const moveClass = useAppState((state) => state.moveClass);
  const list = useRef<HTMLUListElement>(null);
  const labels = project.classLabels;

  const addAndName = async () => {
    const name = freeName((number) => t('newClassName', { number }), labels);
    await addClass(name);
    // The new card is there with the next frame; its name wants to be typed over.
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLInputElement>('li:last-child input[type=text]')?.select();
    });
  };
  return (
    <>
      <CollectHeading project={project} groups={groups} />
      <div className={styles['columns']}>
        <div className={styles['classes']}>
          {labels.length === 0 ? <EmptyCollection /> : null}
          <ul ref={list} className={styles['grid']}>
            {labels.map((label, index) => (
              <ClassCard
                key={label.id}
                label={label}
                index={index}
                numClasses={labels.length}
                samples={groups.get(label.id) ?? NO_SAMPLES}
                framing={project.framing}
                isActive={label.id === props.activeId}
                onActivate={() => {
                  props.onActivate(label.id);
                }}
                onOpen={() => {
                  props.onOpen(label.id);
                }}
                onWebcam={() => {
                  props.onWebcam(label.id);
                }}
                onReorder={(draggedId) => void moveClass(draggedId as ClassLabelId, index)}
              />
            ))}
          </ul>
          <div className={styles['add']}>
            <Button icon={<PlusIcon />} onClick={() => void addAndName()}>
              {t('addClass')}
            </Button>
          </div>
        </div>
        <div className={styles['side']}>
          <BaseCard projectId={project.id} baseId={project.baseId} />
          <FramingChoice framing={project.framing} />
        </div>
      </div>
    </>
  );
}

/** The first numbered name that no class has. */
function freeName(
  nameOf: (number: number) => string,
  labels: readonly { readonly name: string }[],
): string {
  const taken = new Set(labels.map(({ name }) => name));
  let number = labels.length + 1;
  while (taken.has(nameOf(number))) number++;
  return nameOf(number);
}
