import type { Trainable } from '../../engine/training/trainable.ts';
import { toErrors, type Fit } from '../exact/softmaxErrors.ts';
import { softmax } from '../softmaxHead.ts';
import type { LabelledActivations } from '../trainingSet.ts';
import { batchOf, disposeBatch } from './tuningStep.ts';

/** Logits [numSamples, numClasses] of the part's photos, as the network predicts. */
export async function answerRows(
  trainable: Trainable,
  part: LabelledActivations,
  batchSize: number,
): Promise<Float32Array> {
  const samples = [...part.classIndices.keys()];
  let logits = new Float32Array(0);
  for (let start = 0; start < samples.length; start += batchSize) {
    const batch = batchOf(part, samples.slice(start, start + batchSize));
    const answers = trainable.predict(batch.rows);
    const values = await answers.data<'float32'>();
    if (start === 0) logits = new Float32Array(samples.length * answers.shape[1]);
    logits.set(values, start * answers.shape[1]);
    answers.dispose();
    disposeBatch(batch);
  }
  return logits;
}

/** How well the network predicts the part; `null` where there is none. */
export async function measurePart(
  trainable: Trainable,
  part: LabelledActivations | null,
  batchSize: number,
): Promise<Fit | null> {
  if (part === null) return null;
  const logits = await answerRows(trainable, part, batchSize);
  const numClasses = logits.length / part.classIndices.length;
  return toErrors(logits, part.classIndices, new Float64Array(numClasses));
}

/** Softmax of each row of logits [numSamples, numClasses]. */
export function toProbabilities(logits: Float32Array, numClasses: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += numClasses) {
    const row = Float64Array.from(logits.subarray(start, start + numClasses));
    probabilities.set(softmax(row), start);
  }
  return probabilities;
}
