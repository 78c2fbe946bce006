import { dealFolds } from '../exact/folds.ts';
import { answerHeldOut, type FoldTask, type HeldOutAnswer } from './answerHeldOut.ts';

export const NUM_FOLDS = 3;

/**
 * Answers of exact heads, each fitted with settings of its own on all folds but one, for the photos of
 * that fold; tells the share of the folds that is done. Photos that are the only ones of their class
 * have no answer. Errors: cancelled, loss-not-finite.
 */
export async function* crossValidate(task: FoldTask): AsyncGenerator<number, HeldOutAnswer[]> {
  const { heldOut, always } = dealFolds(task.data.classIndices, NUM_FOLDS, task.seed);
  const answers: HeldOutAnswer[] = [];
  for (const [fold, rows] of heldOut.entries()) {
    const others = heldOut.filter((_, index) => index !== fold).flat();
    const answering = answerHeldOut(task, [...others, ...always], rows);
    let step = await answering.next();
    while (step.done !== true) {
      yield (fold + step.value) / heldOut.length;
      step = await answering.next();
    }
    answers.push(...step.value);
    yield (fold + 1) / heldOut.length;
  }
  return answers;
}
