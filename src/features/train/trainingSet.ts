import type { HeadConfig } from '../../domain/headConfig.ts';
import type { ClassLabel, Project, Sample } from '../../domain/project.ts';
import { assignSplit } from '../../domain/split.ts';
import type { SplitPart } from '../../domain/trainingRun.ts';

export type PartCounts = Readonly<Record<SplitPart, number>>;

export interface TrainingSet {
  readonly classes: readonly { readonly label: ClassLabel; readonly counts: PartCounts }[];
  readonly total: PartCounts;
}

/** How many photos of each class a run started now would train on and hold out. */
export function trainingSetOf(
  { classLabels }: Pick<Project, 'classLabels'>,
  samples: readonly Sample[],
  config: Pick<HeadConfig, 'validationShare' | 'seed'>,
): TrainingSet {
  const parts = assignSplit(samples, config);
  const classes = classLabels.map((label) => ({
    label,
    counts: countParts(parts.filter((_, index) => samples[index]?.classLabelId === label.id)),
  }));
  return { classes, total: countParts(parts) };
}

export function numPhotos({ train, validation, test }: PartCounts): number {
  return train + validation + test;
}

function countParts(parts: readonly SplitPart[]): PartCounts {
  const count = (part: SplitPart) => parts.filter((each) => each === part).length;
  return { train: count('train'), validation: count('validation'), test: count('test') };
}
