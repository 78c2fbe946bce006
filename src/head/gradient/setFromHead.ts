import * as tf from '@tensorflow/tfjs-core';
import type { HeadWeights } from '../../domain/head.ts';
import { unfoldStandardisation, type Standardisation } from '../standardise.ts';
import type { Beginning } from '../solver.ts';
import type { TrainingSet } from '../trainingSet.ts';
import type { LayerVariables } from './layers.ts';
import { adaptBatchNorms } from './adaptBatchNorms.ts';

/**
 * Gives new layers, of the head's own sizes, what a head has learnt: each class that the set still has
 * answers as it did. New classes keep the kernel and bias that their layer was made with.
 */
export function setFromHead(
  layers: readonly LayerVariables[],
  { weights, labelIds }: Required<Beginning>['head'],
  set: TrainingSet,
  scaling: Standardisation,
): void {
  const { hidden = [], ...output } = unfoldStandardisation(weights, scaling);
  const learnt = [...hidden, output];
  const columns = (set.labelIds ?? []).map((id) => labelIds.indexOf(id));
  for (const [i, layer] of layers.entries()) {
    const given = learnt[i];
    if (given === undefined) throw new RangeError('The head has fewer layers');
    const isOutput = i === layers.length - 1;
    setLayer(layer, isOutput ? takeColumns(given, columns, labelIds.length, layer) : given);
  }
  adaptBatchNorms(layers, set.train.activations, scaling);
}

type Dense = Pick<HeadWeights, 'kernel' | 'bias'>;

/** Columns of the head for those of the layer; -1: the layer's own stays. */
function takeColumns(
  { kernel, bias }: Dense,
  columns: readonly number[],
  numColumns: number,
  layer: LayerVariables,
): Dense {
  const own = {
    kernel: layer.kernel.dataSync<'float32'>(),
    bias: layer.bias.dataSync<'float32'>(),
  };
  const pick = (values: Float32Array, row: number, column: number, at: number) =>
    (column < 0 ? at : values[row * numColumns + column]) ?? 0;
  return {
    kernel: own.kernel.map((value, i) => {
      const row = Math.floor(i / columns.length);
      return pick(kernel, row, columns[i % columns.length] ?? -1, value);
    }),
    bias: own.bias.map((value, i) => pick(bias, 0, columns[i] ?? -1, value)),
  };
}

function setLayer({ kernel, bias }: LayerVariables, learnt: Dense): void {
  tf.tidy(() => {
    kernel.assign(tf.tensor2d(learnt.kernel, kernel.shape));
    bias.assign(tf.tensor1d(learnt.bias));
  });
}
