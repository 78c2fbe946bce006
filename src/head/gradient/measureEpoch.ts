import * as tf from '@tensorflow/tfjs-core';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { logitsOf } from './forward.ts';
import type { LayerVariables } from './layers.ts';
import type { PartTensors } from './partTensors.ts';

/** Loss and accuracy of the layers as they predict: without dropout, smoothing, weights and penalties. */
export function measureEpoch(
  layers: readonly LayerVariables[],
  train: PartTensors,
  validation: PartTensors | null,
): Omit<EpochMetrics, 'epoch' | 'durationMs'> {
  const held = validation && measurePart(layers, validation);
  return {
    ...measurePart(layers, train),
    validationLoss: held?.loss ?? null,
    validationAccuracy: held?.accuracy ?? null,
  };
}

function measurePart(
  layers: readonly LayerVariables[],
  { activations, targets }: PartTensors,
): { readonly loss: number; readonly accuracy: number } {
  return tf.tidy(() => {
    const logits = logitsOf(layers, activations);
    const isRight = tf.equal(tf.argMax(logits, 1), tf.argMax(targets, 1));
    // Reading at once is fine here: solvers run in a worker, on CPU or WASM.
    const [loss = Number.NaN] = tf.losses.softmaxCrossEntropy(targets, logits).dataSync();
    const [accuracy = Number.NaN] = tf.mean(isRight).dataSync();
    return { loss, accuracy };
  });
}
