import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { createPlan } from '../src/engine/plan.ts';
import { loadTfjsLayers } from '../src/network/loadTfjsLayers.ts';

/** A network and its input, in what crosses into a page. */
export interface Question {
  readonly backend: 'webgl' | 'webgpu';
  readonly modelJson: string;
  readonly weights: readonly number[];
  readonly input: readonly number[];
  readonly inputShape: readonly number[];
}

declare global {
  var answer: (question: Question) => Promise<number[]>;
}

globalThis.answer = async ({ backend, modelJson, weights, input, inputShape }) => {
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error(`${backend} did not start`);
  const network = loadTfjsLayers({ modelJson, weights: Float32Array.from(weights).buffer });
  const plan = createPlan(network, inputShape);
  const output = await plan.run(Float32Array.from(input), 2);
  plan.dispose();
  return Array.from(output);
};
