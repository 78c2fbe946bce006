import type { ClassLabelId } from '../../domain/ids.ts';
import { cutKey } from '../../domain/cut.ts';
import type { Project, Sample } from '../../domain/project.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';

export interface RunChanges {
  readonly numAdded: number;
  readonly numRemoved: number;
  /** Photos that are in another class now. */
  readonly numMoved: number;
}

/** What has become of the photos since the run was started. */
export function changesSince(run: TrainingRun, samples: readonly Sample[]): RunChanges {
  const { labels } = run.classifier;
  const classOf = new Map<string, ClassLabelId | undefined>(
    run.samples.map(({ sampleId, classIndex }) => [sampleId, labels[classIndex]?.id]),
  );
  const known = samples.filter(({ id }) => classOf.has(id));
  return {
    numAdded: samples.length - known.length,
    numRemoved: run.samples.length - known.length,
    numMoved: known.filter(({ id, classLabelId }) => classOf.get(id) !== classLabelId).length,
  };
}

export type ChangedSetting = 'base' | 'cut' | 'framing';

/** What photos are turned into numbers with now that is not what the run had. */
export function changedSettings(
  { classifier }: TrainingRun,
  project: Pick<Project, 'baseId' | 'cut' | 'framing'>,
): readonly ChangedSetting[] {
  const isOtherBase = classifier.baseId !== project.baseId;
  // Another base has another cut in any case.
  const isOtherCut = !isOtherBase && cutKey(classifier.cut) !== cutKey(project.cut);
  const isOtherFraming = classifier.preprocessing.framing !== project.framing;
  return (['base', 'cut', 'framing'] as const).filter(
    (setting) => ({ base: isOtherBase, cut: isOtherCut, framing: isOtherFraming })[setting],
  );
}
