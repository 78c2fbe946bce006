import { useTranslation } from 'react-i18next';
import type { ErrorDetails, GraftErrorCode } from '../domain/errors.ts';
import type { FileProblem } from '../domain/photoProblem.ts';

/** Every code has a sentence that says what to do; one without does not compile. */
const FAILURE_KEYS = {
  'archive-invalid': 'failure.archive-invalid',
  'archive-too-new': 'failure.archive-too-new',
  'architecture-missing': 'failure.architecture-missing',
  'backend-unavailable': 'failure.backend-unavailable',
  'base-hash-mismatch': 'failure.base-hash-mismatch',
  'base-invalid': 'failure.base-invalid',
  'base-not-stored': 'failure.base-not-stored',
  'base-unreachable': 'failure.base-unreachable',
  cancelled: 'failure.cancelled',
  'camera-denied': 'failure.camera-denied',
  'camera-not-found': 'failure.camera-not-found',
  'class-without-photos': 'failure.class-without-photos',
  'cut-not-trainable': 'failure.cut-not-trainable',
  'data-differs': 'failure.data-differs',
  'data-unreadable': 'failure.data-unreadable',
  'export-differs': 'failure.export-differs',
  'export-unreadable': 'failure.export-unreadable',
  'head-without-base': 'failure.head-without-base',
  'host-not-allowed': 'failure.host-not-allowed',
  internal: 'failure.internal',
  'labels-mismatch': 'failure.labels-mismatch',
  'labels-missing': 'failure.labels-missing',
  'loss-not-finite': 'failure.loss-not-finite',
  'no-classifier': 'failure.no-classifier',
  'no-photos-left': 'failure.no-photos-left',
  'not-found': 'failure.not-found',
  'out-of-memory': 'failure.out-of-memory',
  'quota-exceeded': 'failure.quota-exceeded',
  'self-test-failed': 'failure.self-test-failed',
  'too-few-classes': 'failure.too-few-classes',
  'training-too-large': 'failure.training-too-large',
  'unsupported-layer': 'failure.unsupported-layer',
  'worker-crashed': 'failure.worker-crashed',
} as const satisfies Record<GraftErrorCode, string>;

const PROBLEM_KEYS = {
  'not-an-image': 'problem.not-an-image',
  'unsupported-kind': 'problem.unsupported-kind',
  damaged: 'problem.damaged',
  'too-large': 'problem.too-large',
  empty: 'problem.empty',
  'no-class': 'problem.no-class',
  unreadable: 'problem.unreadable',
  'zip-damaged': 'problem.zip-damaged',
  'zip-encrypted': 'problem.zip-encrypted',
  'zip-in-zip': 'problem.zip-in-zip',
  'model-not-photos': 'problem.model-not-photos',
} as const satisfies Record<FileProblem, string>;

/** Details that say which part of a file an error is about, from the outside in. */
const PLACE_KEYS = {
  file: 'place.file',
  path: 'place.path',
  where: 'place.where',
  layer: 'place.layer',
  className: 'place.className',
  tensor: 'place.tensor',
} as const;

const PLACES = Object.keys(PLACE_KEYS) as readonly (keyof typeof PLACE_KEYS)[];

export interface Messages {
  readonly failure: (failure: {
    readonly code: GraftErrorCode;
    readonly details?: ErrorDetails;
  }) => string;
  readonly problem: (problem: FileProblem, detail: string | null) => string;
}

/** Failures and photo problems in words. */
export function useMessages(): Messages {
  const { t } = useTranslation('messages');
  const placeOf = (details: ErrorDetails) =>
    PLACES.filter((place) => details[place] !== undefined)
      .map((place) => t(PLACE_KEYS[place], { name: details[place] }))
      .join(t('place.and'));
  return {
    failure: ({ code, details = {} }) => {
      const sentence = t(FAILURE_KEYS[code], { ...details });
      const place = placeOf(details);
      return place === '' ? sentence : t('place.sentence', { sentence, place });
    },
    problem: (problem, detail) =>
      detail === null ? t(PROBLEM_KEYS[problem]) : `${t(PROBLEM_KEYS[problem])} (${detail})`,
  };
}
