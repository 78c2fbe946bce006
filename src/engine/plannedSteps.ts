import * as tf from '@tensorflow/tfjs-core';
import { countUses } from '../network/fold.ts';
import type { Step } from '../network/steps.ts';
import type { StepOperation } from './boundStep.ts';
import { bindStep } from './stepOperation.ts';

/** An operation with the positions of its inputs; `null` where the plan's own input goes. */
export interface PlannedStep {
  readonly inputs: readonly number[];
  readonly operation: StepOperation | null;
}

/** Uploads the constants of the steps, which caller disposes: see `constantsOf`. */
export function bindSteps(folded: readonly Step[]): readonly PlannedStep[] {
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

export function constantsOf(steps: readonly PlannedStep[]): tf.Tensor[] {
  return steps.flatMap(({ operation }) => [...(operation?.constants ?? [])]);
}

/** Runs the steps one after the other. `observe` is shown what each gives, in order. */
export function forward(
  steps: readonly PlannedStep[],
  input: tf.Tensor,
  observe?: (output: tf.Tensor, position: number) => void,
): tf.Tensor {
  const outputs: tf.Tensor[] = [];
  const usesLeft = countUses(steps);
  for (const [position, { inputs, operation }] of steps.entries()) {
    const given = inputs.map((each) => outputs[each] ?? input);
    const output = operation === null ? input : operation.apply(given);
    observe?.(output, position);
    outputs.push(output);
    for (const each of inputs) {
      usesLeft[each] = (usesLeft[each] ?? 0) - 1;
      // Freed as soon as the last consumer has run: memory stays that of two or three layers.
      if (usesLeft[each] === 0) outputs[each]?.dispose();
    }
  }
  return outputs.at(-1) ?? input;
}
