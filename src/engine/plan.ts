import * as tf from '@tensorflow/tfjs-core';
import { foldNetwork } from '../network/fold.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { Network } from '../network/network.ts';
import { bindSteps, constantsOf, forward } from './plannedSteps.ts';

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
 * its constants to the active backend, one tensor after the other. Keeps nothing of the network.
 * Caller disposes the plan before leaving that backend.
 */
export function createPlan(network: Network, inputShape: readonly number[]): Plan {
  const outputShape = inferShapes(network, inputShape).at(-1) ?? [];
  const folded = foldNetwork(network);
  const steps = bindSteps(folded);

  return {
    inputSize: sizeOf(inputShape),
    outputSize: sizeOf(outputShape),
    run: async (batch, numPhotos) => {
      // `tidy` frees what is left when an operation throws, as on a lost device.
      const output = tf.tidy(() => {
        const input = tf.tensor(batch, [numPhotos, ...inputShape], 'float32');
        return forward(steps, input);
      });
      try {
        return await output.data<'float32'>();
      } finally {
        output.dispose();
      }
    },
    dispose: () => {
      tf.dispose(constantsOf(steps));
    },
  };
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}
