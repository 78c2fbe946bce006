import type { ClassLabelId, ProjectId, SampleId } from '../../domain/ids.ts';
import { FRAMINGS } from '../../domain/preprocessing.ts';
import type { ClassLabel, Project, Sample } from '../../domain/project.ts';
import {
  fieldsOf,
  hashOf,
  idOf,
  listOf,
  oneOf,
  refuse,
  textOf,
  timeOf,
  wholeOf,
  type Found,
} from './checks.ts';
import { readAugmentation } from './readAugmentation.ts';
import { readAveraging } from './readAveraging.ts';
import { readCut } from './readCut.ts';
import { readHeadConfig } from './readHeadConfig.ts';

export const MAX_CLASSES = 10_000;
export const MAX_SAMPLES = 1_000_000;
const MAX_COLOR_INDEX = 1000;
const MAX_SIDE = 1_000_000;

/** Errors: archive-invalid, like everything here. What was deleted is not in an archive. */
export function readProject(found: Found): Project {
  const field = fieldsOf(found);
  const classLabels = listOf(field('classLabels'), MAX_CLASSES, readLabel);
  refuseTwins(field('classLabels'), classLabels);
  return {
    id: idOf<ProjectId>(field('id')),
    name: textOf(field('name')),
    createdAt: timeOf(field('createdAt')),
    updatedAt: timeOf(field('updatedAt')),
    deletedAt: null,
    baseId: idOf(field('baseId')),
    cut: readCut(field),
    framing: oneOf(field('framing'), FRAMINGS),
    classLabels,
    headConfig: readHeadConfig(field('headConfig')),
    ...readAugmentation(field('augmentation')),
    ...readAveraging(field('averaging')),
  };
}

export function readLabel(found: Found): ClassLabel {
  const field = fieldsOf(found);
  return {
    id: idOf<ClassLabelId>(field('id')),
    name: textOf(field('name')),
    colorIndex: wholeOf(field('colorIndex'), 0, MAX_COLOR_INDEX),
  };
}

/** The photos, all of them in classes of the project. */
export function readSamples(found: Found, project: Project): readonly Sample[] {
  const classIds = new Set(project.classLabels.map(({ id }) => id));
  const samples = listOf(found, MAX_SAMPLES, (item) => readSample(item, project.id, classIds));
  refuseTwins(found, samples);
  return samples;
}

function readSample(
  found: Found,
  projectId: ProjectId,
  classIds: ReadonlySet<ClassLabelId>,
): Sample {
  const field = fieldsOf(found);
  const classLabelId = idOf<ClassLabelId>(field('classLabelId'));
  if (!classIds.has(classLabelId)) refuse(field('classLabelId'), 'a class of the project');
  return {
    id: idOf<SampleId>(field('id')),
    projectId: oneOf(field('projectId'), [projectId]),
    classLabelId,
    imageHash: hashOf(field('imageHash')),
    fileName: textOf(field('fileName')),
    source: oneOf(field('source'), ['file', 'webcam', 'paste', 'teachable-machine', 'prediction']),
    width: wholeOf(field('width'), 1, MAX_SIDE),
    height: wholeOf(field('height'), 1, MAX_SIDE),
    addedAt: timeOf(field('addedAt')),
    deletedAt: null,
    split: oneOf(field('split'), ['auto', 'train', 'validation', 'test']),
  };
}

/** Refuses a list in which two have the same id. */
export function refuseTwins(found: Found, items: readonly { readonly id: string }[]): void {
  if (new Set(items.map(({ id }) => id)).size < items.length) refuse(found, 'without equal ids');
}
