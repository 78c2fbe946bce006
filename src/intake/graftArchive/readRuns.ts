import { BACKEND_NAMES } from '../../domain/backend.ts';
import { GRAFT_ERROR_CODES } from '../../domain/errors.ts';
import type { HeadId, ProjectId, RunId, SampleId } from '../../domain/ids.ts';
import {
  CHANNEL_ORDERS,
  FRAMINGS,
  PREPROCESSING_VERSIONS,
  type PixelRange,
  type PreprocessingSpec,
} from '../../domain/preprocessing.ts';
import type {
  ClassifierSpec,
  EpochMetrics,
  RunSample,
  TrainingRun,
} from '../../domain/trainingRun.ts';
import {
  fieldsOf,
  flagOf,
  hashOf,
  idOf,
  listOf,
  nullOr,
  numberOf,
  oneOf,
  refuse,
  shareOf,
  textOf,
  timeOf,
  wholeOf,
  type Found,
} from './checks.ts';
import { readAugmentation } from './readAugmentation.ts';
import { readAveragings } from './readAveraging.ts';
import { readCut } from './readCut.ts';
import { readEvaluation } from './readEvaluation.ts';
import { readExactChoice, readHeadConfig } from './readHeadConfig.ts';
import { MAX_CLASSES, MAX_SAMPLES, readLabel, refuseTwins } from './readProject.ts';

const MAX_RUNS = 10_000;
const MAX_EPOCHS = 1000;
const MAX_INPUT_SIDE = 4096;

/** A run that has ended; one under way is no part of an archive. */
export type EndedRun = Exclude<TrainingRun, { status: 'running' | 'paused' }>;

/** Errors: archive-invalid. Photos and classes that have gone since stay named in a run. */
export function readRuns(found: Found, projectId: ProjectId): readonly EndedRun[] {
  const runs = listOf(found, MAX_RUNS, (item) => readRun(item, projectId));
  refuseTwins(found, runs);
  return runs;
}

function readRun(found: Found, projectId: ProjectId): EndedRun {
  const field = fieldsOf(found);
  const classifier = readClassifier(field('classifier'));
  const numClasses = classifier.labels.length;
  const facts = {
    id: idOf<RunId>(field('id')),
    projectId: oneOf(field('projectId'), [projectId]),
    startedAt: timeOf(field('startedAt')),
    appVersion: textOf(field('appVersion')),
    config: readHeadConfig(field('config')),
    ...readAugmentation(field('augmentation')),
    classifier,
    samples: listOf(field('samples'), MAX_SAMPLES, (item) => readRunSample(item, numClasses)),
    epochs: listOf(field('epochs'), MAX_EPOCHS, readEpoch),
  };
  const status = oneOf(field('status'), ['completed', 'cancelled', 'failed']);
  const finishedAt = timeOf(field('finishedAt'));
  if (status === 'cancelled') return { ...facts, status, finishedAt };
  if (status === 'failed') {
    return { ...facts, status, finishedAt, code: oneOf(field('code'), GRAFT_ERROR_CODES) };
  }
  const evaluation = fieldsOf(field('evaluations'));
  const evaluationOf = (part: 'validation' | 'test') =>
    nullOr(evaluation(part), (each) => readEvaluation(each, numClasses));
  return {
    ...facts,
    status,
    isStoppedEarly: flagOf(field('isStoppedEarly')),
    ...(field('chosen').value === undefined ? {} : { chosen: readExactChoice(field('chosen')) }),
    headId: idOf<HeadId>(field('headId')),
    finishedAt,
    durationMs: timeOf(field('durationMs')),
    backend: oneOf(field('backend'), BACKEND_NAMES),
    evaluations: { validation: evaluationOf('validation'), test: evaluationOf('test') },
    ...readAveragings(field('averagings')),
  };
}

function readClassifier(found: Found): ClassifierSpec {
  const field = fieldsOf(found);
  const labels = listOf(field('labels'), MAX_CLASSES, readLabel);
  if (labels.length < 2) refuse(field('labels'), 'at least two');
  refuseTwins(field('labels'), labels);
  return {
    baseId: idOf(field('baseId')),
    graphHash: hashOf(field('graphHash')),
    cut: readCut(field),
    preprocessing: readPreprocessing(field('preprocessing')),
    labels,
  };
}

function readPreprocessing(found: Found): PreprocessingSpec {
  const field = fieldsOf(found);
  return {
    version: oneOf(field('version'), PREPROCESSING_VERSIONS),
    inputHeight: wholeOf(field('inputHeight'), 1, MAX_INPUT_SIDE),
    inputWidth: wholeOf(field('inputWidth'), 1, MAX_INPUT_SIDE),
    framing: oneOf(field('framing'), FRAMINGS),
    ...readPixelRange(field),
  };
}

/** Version 1 had one factor and one shift for all channels, which were always red, green, blue. */
function readPixelRange(field: (key: string) => Found): PixelRange {
  const order = field('channelOrder');
  const isVersionOne = order.value === undefined;
  const numbersOf = (found: Found) => {
    const readNumber = (item: Found) => numberOf(item, -1e6, 1e6);
    return isVersionOne ? [readNumber(found)] : listOf(found, 3, readNumber);
  };
  return {
    channelOrder: isVersionOne ? 'rgb' : oneOf(order, CHANNEL_ORDERS),
    scale: numbersOf(field('scale')),
    offset: numbersOf(field('offset')),
  };
}

function readRunSample(found: Found, numClasses: number): RunSample {
  const field = fieldsOf(found);
  return {
    sampleId: idOf<SampleId>(field('sampleId')),
    imageHash: hashOf(field('imageHash')),
    classIndex: wholeOf(field('classIndex'), 0, numClasses - 1),
    part: oneOf(field('part'), ['train', 'validation', 'test']),
  };
}

function readEpoch(found: Found): EpochMetrics {
  const field = fieldsOf(found);
  const readLoss = (loss: Found) => numberOf(loss, 0, Number.MAX_VALUE);
  return {
    epoch: wholeOf(field('epoch'), 1, MAX_EPOCHS),
    loss: readLoss(field('loss')),
    accuracy: shareOf(field('accuracy')),
    validationLoss: nullOr(field('validationLoss'), readLoss),
    validationAccuracy: nullOr(field('validationAccuracy'), shareOf),
    durationMs: timeOf(field('durationMs')),
  };
}
