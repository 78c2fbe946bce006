import type { ClassLabelId } from '../../domain/ids.ts';
import type { Sample } from '../../domain/project.ts';

/** Photos of each class, newest first. `samples` are oldest first. */
export function groupByClass(
  samples: readonly Sample[],
): ReadonlyMap<ClassLabelId, readonly Sample[]> {
  const groups = new Map<ClassLabelId, Sample[]>();
  for (const sample of samples.toReversed()) {
    const group = groups.get(sample.classLabelId);
    if (group === undefined) groups.set(sample.classLabelId, [sample]);
    else group.push(sample);
  }
  return groups;
}
