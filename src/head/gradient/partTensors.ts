import * as tf from '@tensorflow/tfjs-core';
import { standardise, type Standardisation } from '../standardise.ts';
import type { LabelledActivations, TrainingSet } from '../trainingSet.ts';

export interface PartTensors {
  /** [numSamples, activationSize], scaled. */
  readonly activations: tf.Tensor2D;
  /** [numSamples, numClasses] */
  readonly targets: tf.Tensor2D;
  /** [numSamples, 1], how much each sample counts; `null`: all the same. */
  readonly weights: tf.Tensor2D | null;
}

/** `weightOfClass` is [numClasses]. Caller disposes. */
export function toTensors(
  { activations, classIndices }: LabelledActivations,
  { activationSize, numClasses }: TrainingSet,
  scaling: Standardisation,
  weightOfClass: Float32Array | null,
): PartTensors {
  const numSamples = classIndices.length;
  const targets = new Float32Array(numSamples * numClasses);
  for (const [row, classIndex] of classIndices.entries())
    targets[row * numClasses + classIndex] = 1;
  const weights =
    weightOfClass && Float32Array.from(classIndices, (index) => weightOfClass[index] ?? 1);
  return {
    activations: tf.tensor2d(standardise(activations, scaling), [numSamples, activationSize]),
    targets: tf.tensor2d(targets, [numSamples, numClasses]),
    weights: weights && tf.tensor2d(weights, [numSamples, 1]),
  };
}

export function disposePart(part: PartTensors | null): void {
  if (part !== null)
    tf.dispose([part.activations, part.targets, ...(part.weights ? [part.weights] : [])]);
}
