import * as tf from '@tensorflow/tfjs-core';
import type { KeptTensor } from '../../domain/checkpoint.ts';
import { keepTensor, toTensor } from './keptTensors.ts';

type State = Readonly<Record<string, KeptTensor>>;

/** What TF.js's optimisers gather for each variable, in the order of the variables. */
interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/**
 * What the optimiser has gathered, by its own fields. Its `getWeights` would leave out Adam's powers of
 * beta, which `setWeights` then reckons anew, to other bits.
 */
export async function readOptimizerState(optimizer: tf.Optimizer): Promise<State> {
  const variables = Object.entries(optimizer).flatMap(([field, value]: [string, unknown]) => {
    if (value instanceof tf.Variable) return [[field, value as tf.Variable] as const];
    if (!Array.isArray(value)) return [];
    const slots = value as readonly Slot[];
    return slots.map(({ variable }, i) => [`${field}/${i}`, variable] as const);
  });
  const kept = variables.map(
    async ([name, variable]) => [name, await keepTensor(variable)] as const,
  );
  return Object.fromEntries(await Promise.all(kept));
}

/** For an optimiser of the same kind that has taken no step yet. */
export function restoreOptimizerState(optimizer: tf.Optimizer, state: State): void {
  const fields = optimizer as unknown as Readonly<Record<string, tf.Variable | Slot[]>>;
  for (const [originalName, kept] of Object.entries(state)) {
    const [field = '', index] = originalName.split('/');
    const value = fields[field];
    tf.tidy(() => {
      const tensor = toTensor(kept);
      if (value instanceof tf.Variable) value.assign(tensor);
      else value?.splice(Number(index), 1, { originalName, variable: tf.variable(tensor, false) });
    });
  }
}
