import * as tf from '@tensorflow/tfjs-core';
import type { FitState } from '../../domain/checkpoint.ts';
import type { OptimizerConfig } from '../../domain/gradientSettings.ts';
import type { LayerGradients } from './backward.ts';
import { readOptimizerState, restoreOptimizerState } from './optimizerState.ts';

export interface LayerOptimizer {
  /** Changes the variables of the gradients. */
  readonly apply: (layers: readonly LayerGradients[], learningRate: number) => void;
  /** What it has gathered. */
  readonly readState: () => Promise<FitState['optimizer']>;
  readonly dispose: () => void;
}

/**
 * TF.js's optimiser; AdamW is its Adam behind a decay of the kernels. `from`: what one of the same
 * configuration had gathered. Caller disposes.
 */
export function createOptimizer(
  config: OptimizerConfig,
  from: FitState['optimizer'] = {},
): LayerOptimizer {
  const { optimizer, setLearningRate } = tfjsOptimizer(config);
  restoreOptimizerState(optimizer, from);
  return {
    apply: (layers, learningRate) => {
      if (config.kind === 'adamw') decayKernels(layers, learningRate * config.weightDecay);
      setLearningRate(learningRate);
      const gradients = layers.flat();
      optimizer.applyGradients(
        Object.fromEntries(gradients.map(({ variable, gradient }) => [variable.name, gradient])),
      );
    },
    readState: () => readOptimizerState(optimizer),
    dispose: () => {
      optimizer.dispose();
      // The momentum optimiser forgets one of its scalars.
      for (const value of Object.values(optimizer)) {
        if (value instanceof tf.Tensor && !value.isDisposed) value.dispose();
      }
    },
  };
}

interface SettableOptimizer {
  readonly optimizer: tf.Optimizer;
  readonly setLearningRate: (learningRate: number) => void;
}

function tfjsOptimizer(config: OptimizerConfig): SettableOptimizer {
  // Replaced before the first step.
  const learningRate = 1;
  switch (config.kind) {
    case 'sgd':
      return withSetter(tf.train.sgd(learningRate));
    case 'momentum':
    case 'nesterov':
      return withSetter(
        tf.train.momentum(learningRate, config.momentum, config.kind === 'nesterov'),
      );
    case 'adam':
    case 'adamw':
      return withField(tf.train.adam(learningRate));
    case 'rmsprop':
      return withField(tf.train.rmsprop(learningRate));
    case 'adagrad':
      return withField(tf.train.adagrad(learningRate));
  }
}

function withSetter(optimizer: tf.SGDOptimizer): SettableOptimizer {
  return {
    optimizer,
    setLearningRate: (learningRate) => {
      optimizer.setLearningRate(learningRate);
    },
  };
}

/** These have no setter, but read the field anew at each step. */
function withField(optimizer: tf.Optimizer): SettableOptimizer {
  return {
    optimizer,
    setLearningRate: (learningRate) => Object.assign(optimizer, { learningRate }),
  };
}

/** Decoupled weight decay: Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019), algorithm 2. */
function decayKernels(layers: readonly LayerGradients[], share: number): void {
  const kernels = layers.flat().filter(({ variable: { rank } }) => rank > 1);
  for (const { variable } of kernels) {
    tf.tidy(() => variable.assign(tf.mul(variable, 1 - share)));
  }
}
