import * as tf from '@tensorflow/tfjs-core';
import type { GradientConfig } from '../../domain/headConfig.ts';
import type { HiddenActivation } from '../../domain/hiddenActivation.ts';
import type { Random } from '../../domain/random.ts';
import { initialKernel } from './initialKernel.ts';

/** All are [units]. */
export interface BatchNormVariables {
  readonly gamma: tf.Variable<tf.Rank.R1>;
  readonly beta: tf.Variable<tf.Rank.R1>;
  /** Follow the batches; used where nothing is trained. */
  readonly mean: tf.Variable<tf.Rank.R1>;
  readonly variance: tf.Variable<tf.Rank.R1>;
}

export interface LayerVariables {
  /** [inputSize, units] */
  readonly kernel: tf.Variable<tf.Rank.R2>;
  /** [units]; stays 0 before a batch norm, which would take it off again. */
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly batchNorm: BatchNormVariables | null;
  /** `linear`: the output layer, which gives logits. */
  readonly activation: HiddenActivation | 'linear';
  readonly dropout: number;
}

/** The hidden layers and the output layer, as they begin; caller disposes. */
export function createLayers(
  { hiddenLayers, initialisation }: GradientConfig,
  activationSize: number,
  numClasses: number,
  random: Random,
): LayerVariables[] {
  const output = {
    units: numClasses,
    activation: 'linear',
    hasBatchNorm: false,
    dropout: 0,
  } as const;
  let inputSize = activationSize;
  return [...hiddenLayers, output].map(({ units, activation, hasBatchNorm, dropout }) => {
    const kernel = initialKernel(initialisation, inputSize, units, random);
    const shape: [number, number] = [inputSize, units];
    inputSize = units;
    const row = (value: number) => tf.tidy(() => tf.variable(tf.fill<tf.Rank.R1>([units], value)));
    return {
      kernel: tf.tidy(() => tf.variable(tf.tensor2d(kernel, shape))),
      bias: row(hasBatchNorm ? 0 : initialisation.biasValue),
      batchNorm: hasBatchNorm
        ? { gamma: row(1), beta: row(0), mean: row(0), variance: row(1) }
        : null,
      activation,
      dropout,
    };
  });
}

export function disposeLayers(layers: readonly LayerVariables[]): void {
  for (const { kernel, bias, batchNorm } of layers) {
    tf.dispose([kernel, bias]);
    tf.dispose({ ...batchNorm });
  }
}
