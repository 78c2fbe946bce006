import * as tf from '@tensorflow/tfjs-core';
import { ACTIVATIONS } from './activations.ts';
import type { ForwardPass, LayerTrace } from './forward.ts';
import type { LayerVariables } from './layers.ts';

export interface WeightGradient {
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
}

/** Of one layer, the kernel first. */
export type LayerGradients = readonly WeightGradient[];

/**
 * Gradients of every layer, by back-propagation from `errors`, the gradient by the logits. In closed form,
 * which saves TF.js's tape and its whole gradient registry. Call in tidy.
 */
export function backPropagate(
  layers: readonly LayerVariables[],
  { traces }: ForwardPass,
  errors: tf.Tensor2D,
): LayerGradients[] {
  const gradients: LayerGradients[] = [];
  let upstream = errors;
  for (const [i, layer] of [...layers.entries()].reverse()) {
    const trace = traces[i];
    if (trace === undefined) throw new Error('There is no trace of the layer');
    const { bySums, ofOffsets } = behindActivation(layer, trace, upstream);
    gradients.unshift([
      { variable: layer.kernel, gradient: tf.matMul(tf.transpose(trace.inputs), bySums) },
      ...ofOffsets,
    ]);
    // WASM multiplies a transposed copy much faster than it does with a transpose flag.
    if (i > 0) upstream = tf.matMul(bySums, tf.transpose(layer.kernel));
  }
  return gradients;
}

/** From the gradient by the layer's outputs to the one by its weighted sums, and those of what is not its kernel. */
function behindActivation(
  { bias, batchNorm, activation }: LayerVariables,
  { norm, sums, activated, mask }: LayerTrace,
  upstream: tf.Tensor2D,
): { readonly bySums: tf.Tensor2D; readonly ofOffsets: LayerGradients } {
  const unmasked = mask === null ? upstream : tf.mul<tf.Tensor2D>(upstream, mask);
  const slope = ACTIVATIONS[activation].slope(sums, activated);
  const byNormed = tf.mul<tf.Tensor2D>(unmasked, slope);
  const offset = tf.sum(byNormed, 0);
  if (batchNorm === null || norm === null) {
    return { bySums: byNormed, ofOffsets: [{ variable: bias, gradient: offset }] };
  }
  const { normalised, inverseDeviations } = norm;
  const byGamma = tf.mul<tf.Tensor2D>(byNormed, normalised);
  // The batch's own mean and variance depend on the sums, too.
  const alongMean = tf.sub(byNormed, tf.mean(byNormed, 0));
  const alongBoth = tf.sub(alongMean, tf.mul(normalised, tf.mean(byGamma, 0)));
  return {
    bySums: tf.mul(alongBoth, tf.mul(batchNorm.gamma, inverseDeviations)),
    ofOffsets: [
      { variable: batchNorm.gamma, gradient: tf.sum(byGamma, 0) },
      { variable: batchNorm.beta, gradient: offset },
    ],
  };
}

/** Adds the gradients of `l2 / 2` times the squared kernels and of `l1` times their magnitudes. */
export function addPenalties(
  layers: readonly LayerGradients[],
  { l1, l2 }: { readonly l1: number; readonly l2: number },
): LayerGradients[] {
  const penalised = ({ variable, gradient }: WeightGradient): WeightGradient => {
    let sum = gradient;
    if (l2 > 0) sum = tf.add(sum, tf.mul(variable, l2));
    if (l1 > 0) sum = tf.add(sum, tf.mul(tf.sign(variable), l1));
    return { variable, gradient: sum };
  };
  return layers.map(([kernel, ...others]) =>
    kernel === undefined ? [] : [penalised(kernel), ...others],
  );
}
