import type { Scaling } from '../../domain/headConfig.ts';
import { measureStandardisation, type Standardisation } from '../standardise.ts';

/** What the scaling asked for does to `activations` [numSamples, activationSize]. */
export function scalingOf(
  scaling: Scaling,
  activations: Float32Array,
  activationSize: number,
): Standardisation {
  const { means, divisors } = measureStandardisation(activations, activationSize);
  return {
    means: scaling === 'none' ? means.map(() => 0) : means,
    divisors: scaling === 'standardised' ? divisors : divisors.map(() => 1),
  };
}
