import { indexOfLargest } from '../../domain/metrics.ts';
import type { PhotoPrediction } from '../../domain/prediction.ts';

export interface Answer {
  readonly classIndex: number;
  readonly probability: number;
}

/** The most probable class; `null` for a file that is no photo. */
export function answerOf(prediction: PhotoPrediction): Answer | null {
  if (prediction.status === 'rejected') return null;
  const { probabilities } = prediction;
  const classIndex = indexOfLargest(probabilities, 0, probabilities.length);
  return { classIndex, probability: probabilities[classIndex] ?? 0 };
}
