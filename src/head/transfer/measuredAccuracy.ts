import { GraftError } from '../../domain/errors.ts';
import { wilsonInterval } from '../../domain/metrics.ts';
import type { MeasuredAccuracy } from '../../domain/transferReport.ts';
import type { FoldTask, HeldOutAnswer } from './answerHeldOut.ts';
import { crossValidate } from './crossValidate.ts';

/**
 * The answers of `crossValidate`, `tell` told the share that is done. Same folds in the same order for
 * every task on the same classes, which is what pairs the answers.
 * Errors: too-few-classes where no photo can be held out, cancelled, loss-not-finite.
 */
export async function followFolds(
  task: FoldTask,
  tell: (share: number) => void,
): Promise<readonly HeldOutAnswer[]> {
  const validating = crossValidate(task);
  let step = await validating.next();
  while (step.done !== true) {
    tell(step.value);
    step = await validating.next();
  }
  if (step.value.length === 0) {
    throw new GraftError('too-few-classes', 'No class has two photos, so none can be held out');
  }
  return step.value;
}

/** For each answer whether it is the photo's class. */
export function areRight(
  answers: readonly HeldOutAnswer[],
  { classIndices }: FoldTask['data'],
): readonly boolean[] {
  return answers.map(({ row, predictedIndex }) => classIndices[row] === predictedIndex);
}

export function measured(right: readonly boolean[]): MeasuredAccuracy {
  const numRight = right.filter(Boolean).length;
  return {
    accuracy: numRight / right.length,
    interval: wilsonInterval(numRight, right.length),
  };
}
