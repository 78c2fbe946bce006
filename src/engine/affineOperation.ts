import * as tf from '@tensorflow/tfjs-core';
import type { AffineStep } from '../network/steps.ts';
import { bindActivation, fusedActivation } from './activations.ts';
import { given, type StepOperation } from './boundStep.ts';

/** Binds `x * scale + shift` with its activation: one operation for pictures, up to three otherwise. */
export function bindAffine(step: AffineStep): StepOperation {
  const numChannels = step.scale.length;
  const filter = tf.tensor4d(step.scale, [1, 1, numChannels, 1]);
  const shift = tf.tensor1d(step.shift);
  const isScaled = step.scale.some((factor) => factor !== 1);
  const isShifted = step.shift.some((term) => term !== 0);
  const fused = fusedActivation(step.activation);
  const separate = bindActivation(step.activation);

  // A depthwise convolution of one tap does all three at once.
  const asConvolution = (x: tf.Tensor4D) =>
    tf.fused.depthwiseConv2d({
      x,
      filter,
      bias: shift,
      strides: 1,
      pad: 'valid',
      ...fused.settings,
    });
  const oneByOne = (x: tf.Tensor) => {
    const scaled = isScaled ? tf.mul(x, tf.reshape(filter, [numChannels])) : x;
    return separate.apply([isShifted ? tf.add(scaled, shift) : scaled]);
  };
  return {
    apply: ([input]) => {
      const x = given(input);
      const isPicture = x.rank === 4 && x.shape[3] === numChannels;
      return tf.tidy(() => (isPicture ? asConvolution(x as tf.Tensor4D) : oneByOne(x)));
    },
    constants: [filter, shift, ...fused.constants, ...separate.constants],
  };
}
