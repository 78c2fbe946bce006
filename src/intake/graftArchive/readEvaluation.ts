import type { AveragedMetrics, ClassMetrics, Evaluation } from '../../domain/evaluation.ts';
import { fieldsOf, listOf, refuse, shareOf, wholeOf, type Found } from './checks.ts';
import { MAX_SAMPLES } from './readProject.ts';

/** Errors: archive-invalid. */
export function readEvaluation(found: Found, numClasses: number): Evaluation {
  const field = fieldsOf(found);
  const interval = fieldsOf(field('interval'));
  const perClass = <Item>(list: Found, read: (item: Found) => Item) => {
    const items = listOf(list, numClasses, read);
    return items.length === numClasses ? items : refuse(list, `a list of ${numClasses}`);
  };
  return {
    numSamples: readCount(field('numSamples')),
    accuracy: shareOf(field('accuracy')),
    interval: { low: shareOf(interval('low')), high: shareOf(interval('high')) },
    confusionMatrix: perClass(field('confusionMatrix'), (row) => perClass(row, readCount)),
    perClass: perClass(field('perClass'), readClassMetrics),
    macro: readMetrics(field('macro')),
    weighted: readMetrics(field('weighted')),
  };
}

function readCount(found: Found): number {
  return wholeOf(found, 0, MAX_SAMPLES);
}

function readClassMetrics(found: Found): ClassMetrics {
  return { ...readMetrics(found), support: readCount(fieldsOf(found)('support')) };
}

function readMetrics(found: Found): AveragedMetrics {
  const field = fieldsOf(found);
  return {
    precision: shareOf(field('precision')),
    recall: shareOf(field('recall')),
    f1: shareOf(field('f1')),
  };
}
