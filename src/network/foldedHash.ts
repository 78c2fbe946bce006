import type { Sha256 } from '../domain/ids.ts';
import { sha256 } from '../domain/sha256.ts';
import { foldNetwork } from './fold.ts';
import { tensorHash } from './graphHash.ts';
import type { Network, WeightTensor } from './network.ts';
import type { Step } from './steps.ts';

/**
 * Identity of what a network computes once it is folded, as most formats keep it: SHA-256 over one line
 * of JSON per step, with its settings, inputs, and shapes and SHA-256 of its tensors. Numbers count as
 * float32, as files have them.
 */
export async function foldedHash(network: Network): Promise<Sha256> {
  const lines = foldNetwork(network).map((step) => JSON.stringify(settingsOf(step), toPlain));
  return sha256(new TextEncoder().encode(lines.join('\n')));
}

/** Neither names nor the size of the input; in one order. */
function settingsOf(step: Step): unknown {
  if (step.kind === 'input') return step.kind;
  const settings = Object.entries(step).filter(([key]) => key !== 'name' && key !== 'tensors');
  return settings.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function toPlain(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Math.fround(value);
  if (value instanceof Float32Array) return tensorHash({ shape: [value.length], values: value });
  return isTensor(value) ? [value.shape, tensorHash(value)] : value;
}

function isTensor(value: unknown): value is WeightTensor {
  return typeof value === 'object' && value !== null && 'values' in value && 'shape' in value;
}
