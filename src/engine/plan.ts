import * as tf from '@tensorflow/tfjs-core';
import { countUses, foldNetwork } from '../network/fold.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { Network } from '../network/network.ts';
import type { Step } from '../network/steps.ts';
import type { StepOperation } from './boundStep.ts';
import { bindStep } from './stepOperation.ts';

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

/** An operation with the positions of its inputs; `null` where the plan's own input goes. */
interface PlannedStep {
  readonly inputs: readonly number[];
  readonly operation: StepOperation | null;
}

/**
 * Makes the network's plan for inputs of `inputShape` ([height, width, channels] or [size]) and uploads
 * its constants to the active backend, one tensor after the other. Keeps nothing of the network.
 * Caller disposes the plan before leaving that backend.
 */
export function createPlan(network: Network, inputShape: readonly number[]): Plan {
  const outputShape = inferShapes(network, inputShape).at(-1) ?? [];
  const folded = foldNetwork(network);
  const useCounts = countUses(folded);
  const steps = bindSteps(folded);

  return {
    inputSize: sizeOf(inputShape),
    outputSize: sizeOf(outputShape),
    run: async (batch, numPhotos) => {
      // `tidy` frees what is left when an operation throws, as on a lost device.
      const output = tf.tidy(() => {
        const input = tf.tensor(batch, [numPhotos, ...inputShape], 'float32');
        return forward(steps, useCounts, input);
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

function bindSteps(folded: readonly Step[]): readonly PlannedStep[] {
  let steps: readonly PlannedStep[] = [];
  // Keeps nothing if a tensor cannot be read or does not fit into memory.
  tf.tidy(() => {
    steps = folded.map((step) => ({
      inputs: step.inputs,
      operation: step.kind === 'input' ? null : bindStep(step),
    }));
    for (const constant of constantsOf(steps)) tf.keep(constant);
  });
  return steps;
}

function constantsOf(steps: readonly PlannedStep[]): tf.Tensor[] {
  return steps.flatMap(({ operation }) => [...(operation?.constants ?? [])]);
}

function forward(
  steps: readonly PlannedStep[],
  useCounts: readonly number[],
  input: tf.Tensor,
): tf.Tensor {
  const outputs: tf.Tensor[] = [];
  const usesLeft = [...useCounts];
  for (const { inputs, operation } of steps) {
    const given = inputs.map((each) => outputs[each] ?? input);
    outputs.push(operation === null ? input : operation.apply(given));
    for (const each of inputs) {
      usesLeft[each] = (usesLeft[each] ?? 0) - 1;
      // Freed as soon as the last consumer has run: memory stays that of two or three layers.
      if (usesLeft[each] === 0) outputs[each]?.dispose();
    }
  }
  return outputs.at(-1) ?? input;
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}
