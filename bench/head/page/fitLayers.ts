import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { LabelledActivations } from '../../../src/head/trainingSet.ts';
import type { Contestant, FitTrace } from './fitterProtocol.ts';

export interface DrawnRows {
  readonly train: LabelledActivations;
  readonly heldOut: LabelledActivations;
  readonly activationSize: number;
  readonly numClasses: number;
}

type LayersContestant = Extract<Contestant, { kind: 'tfjs' }>;

/**
 * Trains as TF.js's users do, on raw activations. The clock stands still while the held-out photos are
 * measured after every epoch.
 */
export async function fitLayers(
  { train, heldOut, activationSize, numClasses }: DrawnRows,
  contestant: LayersContestant,
): Promise<FitTrace> {
  const model = buildModel(contestant, activationSize, numClasses);
  const inputsOf = ({ activations, classIndices }: LabelledActivations) =>
    tf.tensor2d(activations, [classIndices.length, activationSize]);
  const [inputs, held] = [inputsOf(train), inputsOf(heldOut)];
  const targets = tf.tidy(() =>
    tf.cast(tf.oneHot(tf.tensor1d(train.classIndices, 'int32'), numClasses), 'float32'),
  );
  const epochs: { ms: number; heldOutAccuracy: number }[] = [];
  let durationMs = 0;
  let resumedAt = performance.now();
  const onEpochEnd = () => {
    durationMs += performance.now() - resumedAt;
    epochs.push({ ms: durationMs, heldOutAccuracy: accuracyOf(model, held, heldOut) });
    resumedAt = performance.now();
  };
  await model.fit(inputs, targets, {
    epochs: contestant.epochs,
    batchSize: contestant.batchSize,
    // Waiting for frames to be drawn would only slow it down.
    yieldEvery: 'never',
    callbacks: { onEpochEnd },
  });
  tf.dispose([inputs, held, targets]);
  model.dispose();
  return { epochs, durationMs, chosen: null };
}

/** Teachable Machine's head where there are hidden units: ReLU, and a softmax without bias. */
function buildModel(
  { hiddenUnits, learningRate }: LayersContestant,
  activationSize: number,
  numClasses: number,
): layers.Sequential {
  const model = layers.sequential();
  const kernelInitializer = 'varianceScaling';
  const inputShape = [activationSize];
  const activation = 'softmax';
  if (hiddenUnits === null) {
    model.add(
      layers.layers.dense({ inputShape, units: numClasses, activation, kernelInitializer }),
    );
  } else {
    const hidden = {
      inputShape,
      units: hiddenUnits,
      activation: 'relu',
      kernelInitializer,
    } as const;
    model.add(layers.layers.dense(hidden));
    const last = { units: numClasses, useBias: false, activation, kernelInitializer } as const;
    model.add(layers.layers.dense(last));
  }
  const optimizer = tf.train.adam(learningRate);
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

function accuracyOf(
  model: layers.Sequential,
  inputs: tf.Tensor2D,
  { classIndices }: LabelledActivations,
): number {
  const answers = tf.tidy(() => tf.argMax(model.predict(inputs) as tf.Tensor2D, 1).dataSync());
  const numRight = classIndices.filter((trueClass, row) => answers[row] === trueClass).length;
  return numRight / classIndices.length;
}
