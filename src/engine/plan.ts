import * as tf from '@tensorflow/tfjs-core';
import { foldNetwork, type Step } from '../network/fold.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { Network } from '../network/network.ts';
import { bindStep, type StepOperation } from './stepOperation.ts';

/** A network ready to run on the backend that was active when it was made. */
export interface Plan {
  /** Values per photo of the input and of the output. */
  readonly inputSize: number;
  readonly outputSize: number;
  /** `batch` is [numPhotos, inputSize]; resolves to [numPhotos, outputSize]. Leaves no tensor behind. */
  readonly run: (batch: Float32Array, numPhotos: number) => Promise<Float32Array>;
  /** Frees the constants. The plan must not run afterwards. */
  readonly dispose: () => void;
}

/**
 * Makes the network's plan for inputs of `inputShape` ([height, width, channels] or [size]) and uploads
 * its constants to the active backend. Caller disposes the plan before leaving that backend.
 */
export function createPlan(network: Network, inputShape: readonly number[]): Plan {
  const steps = foldNetwork(network);
  const bound = steps.map((step) => (step.kind === 'input' ? null : bindStep(step)));
  const outputShape = inferShapes(network, inputShape).at(-1) ?? [];
  const useCounts = countUses(steps);

  return {
    inputSize: sizeOf(inputShape),
    outputSize: sizeOf(outputShape),
    run: async (batch, numPhotos) => {
      // `tidy` frees what is left when an operation throws, as on a lost device.
      const output = tf.tidy(() => {
        const input = tf.tensor(batch, [numPhotos, ...inputShape], 'float32');
        return forward(steps, bound, useCounts, input);
      });
      try {
        return await output.data<'float32'>();
      } finally {
        output.dispose();
      }
    },
    dispose: () => {
      for (const operation of bound) tf.dispose([...(operation?.constants ?? [])]);
    },
  };
}

function forward(
  steps: readonly Step[],
  bound: readonly (StepOperation | null)[],
  useCounts: readonly number[],
  input: tf.Tensor,
): tf.Tensor {
  const outputs: tf.Tensor[] = [];
  const usesLeft = [...useCounts];
  for (const [position, { inputs }] of steps.entries()) {
    const operation = bound[position];
    const arguments_ = inputs.map((each) => outputs[each] ?? input);
    outputs.push(operation == null ? input : operation.apply(arguments_));
    for (const each of inputs) {
      usesLeft[each] = (usesLeft[each] ?? 0) - 1;
      // Freed as soon as the last consumer has run: memory stays that of two or three layers.
      if (usesLeft[each] === 0) outputs[each]?.dispose();
    }
  }
  return outputs.at(-1) ?? input;
}

function countUses(steps: readonly Step[]): number[] {
  const counts = steps.map(() => 0);
  for (const input of steps.flatMap(({ inputs }) => inputs))
    counts[input] = (counts[input] ?? 0) + 1;
  return counts;
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}
