import { baseIdOf } from '../../domain/baseIdOf.ts';
import type { BaseTraining } from '../../domain/baseModel.ts';
import type { BaseId, Sha256 } from '../../domain/ids.ts';
import {
  MAX_SCRATCH_BYTES,
  SCRATCH_FIT_LIMITS,
  scratchBytes,
  type ScratchFit,
} from '../../domain/scratchFit.ts';
import {
  TWO_CONVOLUTION_LIMITS,
  twoConvolutionSizes,
  type TwoConvolutionSettings,
} from '../../domain/twoConvolutions.ts';
import type { ArchiveFiles } from './archiveFiles.ts';
import {
  fieldsOf,
  flagOf,
  hashOf,
  listOf,
  nullOr,
  numberOf,
  refuse,
  shareOf,
  textOf,
  wholeOf,
  type Found,
} from './checks.ts';
import { MAX_CLASSES } from './readProject.ts';

/** A base that was trained by Graft. All others can be had again where they came from. */
export interface ArchivedBase {
  readonly graphHash: Sha256;
  readonly name: string;
  readonly training: BaseTraining;
  readonly files: readonly {
    /** Without folders. */
    readonly name: string;
    /** One at a time is in memory. */
    readonly read: () => Promise<Blob>;
  }[];
}

/** Where the bases of an archive are listed; those before there were any have no such file. */
export const BASES_ENTRY = 'bases.json';

const MAX_BASES = 100;
const MAX_FILES = 8;
const FILE_NAME = /^[\w.-]+$/u;
const BYTES_PER_VALUE = 4;
/** What a base has beside its weights is a few kB of JSON. */
const MAX_BYTES_BESIDE = 1e6;

/** An entry of `bases.json`. */
export function baseJson({ files, ...base }: ArchivedBase): object {
  return { ...base, files: files.map(({ name }) => name) };
}

export function baseFilePath({ graphHash }: Pick<ArchivedBase, 'graphHash'>, name: string): string {
  return `bases/${graphHash}/${name}`;
}

/**
 * The bases of an archive, all of them among `needed`; that a network is the one that its hash says is
 * for whoever opens it. Errors: archive-invalid, when a file is read too.
 */
export async function readBases(
  files: ArchiveFiles,
  needed: readonly BaseId[],
): Promise<readonly ArchivedBase[]> {
  if (!files.paths.includes(BASES_ENTRY)) return [];
  const found = await files.json(BASES_ENTRY);
  return listOf(found, MAX_BASES, (item) => readBase(item, files, needed));
}

function readBase(found: Found, files: ArchiveFiles, needed: readonly BaseId[]): ArchivedBase {
  const field = fieldsOf(found);
  const graphHash = hashOf(field('graphHash'));
  if (!needed.includes(baseIdOf(graphHash))) refuse(field('graphHash'), 'a base of the project');
  const training = readTraining(field('training'));
  const { settings, fit, classNames } = training;
  const numClasses = classNames.length;
  // No network is larger than one that can be trained.
  if (scratchBytes(settings, fit, 0, numClasses) > MAX_SCRATCH_BYTES) {
    refuse(field('training'), 'of a network that fits in memory');
  }
  const { numParameters } = twoConvolutionSizes(settings, numClasses);
  const maxBytes = numParameters * BYTES_PER_VALUE + MAX_BYTES_BESIDE;
  return {
    graphHash,
    name: textOf(field('name')),
    training,
    files: listOf(field('files'), MAX_FILES, (item) => {
      const name = textOf(item);
      if (!FILE_NAME.test(name)) refuse(item, 'a name without folders');
      const path = baseFilePath({ graphHash }, name);
      if (!files.paths.includes(path)) refuse({ entry: path, where: '' }, 'there');
      return { name, read: () => files.blob(path, '', maxBytes) };
    }),
  };
}

function readTraining(found: Found): BaseTraining {
  const field = fieldsOf(found);
  const classNames = listOf(field('classNames'), MAX_CLASSES, (item) => textOf(item));
  if (classNames.length < 2) refuse(field('classNames'), 'at least two');
  return {
    projectName: textOf(field('projectName')),
    classNames,
    settings: readSettings(field('settings')),
    fit: readFit(field('fit')),
    validationAccuracy: nullOr(field('validationAccuracy'), shareOf),
  };
}

function readSettings(found: Found): TwoConvolutionSettings {
  const field = fieldsOf(found);
  const read = limited(field, TWO_CONVOLUTION_LIMITS);
  return {
    inputSize: read('inputSize'),
    isGrey: flagOf(field('isGrey')),
    filters: read('filters'),
    kernelSize: read('kernelSize'),
    poolSize: read('poolSize'),
    dropout: read('dropout'),
    units: read('units'),
    denseDropout: read('denseDropout'),
  };
}

function readFit(found: Found): ScratchFit {
  const read = limited(fieldsOf(found), SCRATCH_FIT_LIMITS);
  return {
    epochs: read('epochs'),
    batchSize: read('batchSize'),
    learningRate: read('learningRate'),
  };
}

interface Limit {
  readonly min: number;
  readonly max: number;
  readonly isInteger: boolean;
}

/** Reads numbers within their limits. */
function limited<Key extends string>(
  field: (key: string) => Found,
  limits: Readonly<Record<Key, Limit>>,
): (key: Key) => number {
  return (key) => {
    const { min, max, isInteger } = limits[key];
    return (isInteger ? wholeOf : numberOf)(field(key), min, max);
  };
}
