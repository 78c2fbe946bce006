import {
  AVERAGINGS,
  type AveragedAccuracy,
  type Averaging,
  type MeasuredAveraging,
} from '../../domain/averaging.ts';
import {
  fieldsOf,
  listOf,
  nullOr,
  numberOf,
  oneOf,
  refuse,
  shareOf,
  type Found,
} from './checks.ts';

/** Nothing where there is nothing: before photos had views to average, and where it was never set. Errors: archive-invalid. */
export function readAveraging(found: Found): { readonly averaging?: Averaging } {
  return found.value === undefined ? {} : { averaging: oneOf(found, AVERAGINGS) };
}

/** What a run was found to gain; nothing where it was never measured. Errors: archive-invalid. */
export function readAveragings(found: Found): {
  readonly averagings?: readonly MeasuredAveraging[];
} {
  if (found.value === undefined) return {};
  const averagings = listOf(found, AVERAGINGS.length, readMeasured);
  const kinds = new Set(averagings.map(({ averaging }) => averaging));
  return kinds.size < averagings.length ? refuse(found, 'without equal kinds') : { averagings };
}

function readMeasured(found: Found): MeasuredAveraging {
  const field = fieldsOf(found);
  return {
    averaging: oneOf(field('averaging'), AVERAGINGS),
    validation: nullOr(field('validation'), readAccuracy),
    test: nullOr(field('test'), readAccuracy),
  };
}

function readAccuracy(found: Found): AveragedAccuracy {
  const field = fieldsOf(found);
  const interval = fieldsOf(field('interval'));
  const lead = fieldsOf(field('lead'));
  const differenceOf = (key: string) => numberOf(lead(key), -1, 1);
  return {
    accuracy: shareOf(field('accuracy')),
    interval: { low: shareOf(interval('low')), high: shareOf(interval('high')) },
    lead: { value: differenceOf('value'), low: differenceOf('low'), high: differenceOf('high') },
  };
}
