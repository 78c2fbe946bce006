import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { DropHint } from '../../ui/DropHint.tsx';
import { useFileDrop } from '../../ui/useFileDrop.ts';
import { ClassGallery } from './ClassGallery.tsx';
import { ClassOverview } from './ClassOverview.tsx';
import { IntakeProgress } from './IntakeProgress.tsx';
import { ProblemList } from './ProblemList.tsx';
import { groupByClass } from './samplesByClass.ts';
import { usePaste } from './usePaste.ts';
import { WebcamDialog } from './WebcamDialog.tsx';

/** The first step: classes and their photos. */
export function CollectPage() {
  const project = useAppState((state) => state.project);
  return project === null ? null : <Collect project={project} />;
}

function Collect({ project }: { readonly project: Project }) {
  const { t } = useTranslation('collect');
  const samples = useAppState((state) => state.samples);
  const addDrop = useAppState((state) => state.addDrop);
  const groups = useMemo(() => groupByClass(samples), [samples]);
  const [openId, setOpenId] = useState<ClassLabelId | null>(null);
  const [webcamId, setWebcamId] = useState<ClassLabelId | null>(null);
  const [activeId, setActiveId] = useState<ClassLabelId | null>(null);
  const labels = project.classLabels;
  const byId = (id: ClassLabelId | null) => labels.find((label) => label.id === id);
  const opened = byId(openId);
  const forWebcam = byId(webcamId);
  const active = opened ?? byId(activeId) ?? labels[0];

  usePasteInto(active?.id ?? null);
  const isOver = useFileDrop((data) => void addDrop(data, opened?.id ?? null));
  return (
    <>
      <IntakeProgress />
      <ProblemList />
      {opened === undefined ? (
        <ClassOverview
          project={project}
          groups={groups}
          activeId={active?.id ?? null}
          onActivate={setActiveId}
          onOpen={setOpenId}
          onWebcam={setWebcamId}
        />
      ) : (
        <ClassGallery
          label={opened}
          samples={groups.get(opened.id) ?? []}
          otherClasses={labels.filter(({ id }) => id !== opened.id)}
          framing={project.framing}
          onClose={() => {
            setOpenId(null);
          }}
          onWebcam={() => {
            setWebcamId(opened.id);
          }}
        />
      )}
      {forWebcam === undefined ? null : (
        <WebcamDialog
          label={forWebcam}
          onClose={() => {
            setWebcamId(null);
          }}
        />
      )}
      {isOver ? (
        <DropHint>
          {opened === undefined ? t('dropAnywhere') : t('dropIntoClass', { name: opened.name })}
        </DropHint>
      ) : null}
    </>
  );
}

/** Pasted pictures go to the class; where there is none yet, one is made. */
function usePasteInto(classId: ClassLabelId | null): void {
  const { t } = useTranslation('collect');
  const addPicture = useAppState((state) => state.addPicture);
  const addClass = useAppState((state) => state.addClass);
  const add = async (pictures: readonly File[]): Promise<void> => {
    const to = classId ?? (await addClass(t('newClassName', { number: 1 })));
    for (const picture of pictures) await addPicture(picture, to, 'paste');
  };
  usePaste((pictures) => void add(pictures));
}
