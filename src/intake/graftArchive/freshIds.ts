import type { Head } from '../../domain/head.ts';
import type { HeadConfig } from '../../domain/headConfig.ts';
import { newId, type ClassLabelId, type Id } from '../../domain/ids.ts';
import type { Project, Sample } from '../../domain/project.ts';
import type { ClassifierSpec } from '../../domain/trainingRun.ts';
import type { EndedRun } from './readRuns.ts';

export interface ArchiveContents {
  readonly project: Project;
  readonly samples: readonly Sample[];
  /** Every completed run has its head. */
  readonly runs: readonly EndedRun[];
  readonly heads: readonly Head[];
}

/**
 * The same contents under new ids, the same id becoming the same new one everywhere, so that an archive
 * opened twice makes two projects. Names of bases and hashes of photos stay.
 */
export function withFreshIds({ project, samples, runs, heads }: ArchiveContents): ArchiveContents {
  const fresh = createRenamer();
  const withFreshLabels = (classifier: ClassifierSpec): ClassifierSpec => ({
    ...classifier,
    labels: classifier.labels.map((label) => ({ ...label, id: fresh(label.id) })),
  });
  return {
    project: {
      ...project,
      id: fresh(project.id),
      classLabels: project.classLabels.map((label) => ({ ...label, id: fresh(label.id) })),
      headConfig: withFreshClasses(project.headConfig, fresh),
    },
    samples: samples.map((sample) => ({
      ...sample,
      id: fresh(sample.id),
      projectId: fresh(sample.projectId),
      classLabelId: fresh(sample.classLabelId),
    })),
    runs: runs.map((run) => ({
      ...run,
      ...(run.status === 'completed' ? { headId: fresh(run.headId) } : {}),
      id: fresh(run.id),
      projectId: fresh(run.projectId),
      config: withFreshClasses(run.config, fresh),
      classifier: withFreshLabels(run.classifier),
      samples: run.samples.map((each) => ({ ...each, sampleId: fresh(each.sampleId) })),
    })),
    heads: heads.map((head) => ({
      ...head,
      id: fresh(head.id),
      runId: fresh(head.runId),
      classifier: withFreshLabels(head.classifier),
      heldOut: { ...head.heldOut, sampleIds: head.heldOut.sampleIds.map(fresh) },
    })),
  };
}

function withFreshClasses(config: HeadConfig, fresh: Renamer): HeadConfig {
  if (config.solver === 'exact' || config.classWeights.kind !== 'own') return config;
  const weights = Object.entries(config.classWeights.byClass) as [ClassLabelId, number][];
  const byClass = Object.fromEntries(weights.map(([id, weight]) => [fresh(id), weight]));
  return { ...config, classWeights: { kind: 'own', byClass } };
}

type Renamer = <T extends Id<string>>(id: T) => T;

function createRenamer(): Renamer {
  const renamed = new Map<string, string>();
  return <T extends Id<string>>(id: T): T => {
    const fresh = renamed.get(id) ?? newId<T>();
    renamed.set(id, fresh);
    return fresh as T;
  };
}
