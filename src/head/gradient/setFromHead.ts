import * as tf from '@tensorflow/tfjs-core';
import type { HeadWeights } from '../../domain/head.ts';
import { unfoldStandardisation, type Standardisation } from '../standardise.ts';
import type { LearntHead } from '../solver.ts';
import { columnsOf, takeColumns } from '../takeColumns.ts';
import type { TrainingSet } from '../trainingSet.ts';
import type { LayerVariables } from './layers.ts';
import { adaptBatchNorms } from './adaptBatchNorms.ts';

/**
 * Gives new layers, of the head's own sizes, what a head has learnt: each class that the set still has
 * answers as it did. New classes keep the kernel and bias that their layer was made with.
 */
export function setFromHead(
  layers: readonly LayerVariables[],
  { weights, labelIds }: LearntHead,
  set: TrainingSet,
  scaling: Standardisation,
): void {
  const { hidden = [], ...output } = unfoldStandardisation(weights, scaling);
  const learnt = [...hidden, output];
  const columns = columnsOf(set.labelIds ?? [], labelIds);
  for (const [i, layer] of layers.entries()) {
    const given = learnt[i];
    if (given === undefined) throw new RangeError('The head has fewer layers');
    const isOutput = i === layers.length - 1;
    setLayer(layer, isOutput ? takeColumns(given, columns, valuesOf(layer)) : given);
  }
  adaptBatchNorms(layers, set.train.activations, scaling);
}

type Dense = Pick<HeadWeights, 'kernel' | 'bias'>;

function valuesOf({ kernel, bias }: LayerVariables): Dense {
  return { kernel: kernel.dataSync<'float32'>(), bias: bias.dataSync<'float32'>() };
}

function setLayer({ kernel, bias }: LayerVariables, learnt: Dense): void {
  tf.tidy(() => {
    kernel.assign(tf.tensor2d(learnt.kernel, kernel.shape));
    bias.assign(tf.tensor1d(learnt.bias));
  });
}
