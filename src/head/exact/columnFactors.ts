import type { Scaling } from '../../domain/headConfig.ts';
import type { ColumnStatistics } from '../standardise.ts';

export interface ColumnFactors {
  /** [activationSize]: what centred activations are multiplied by, after which their mean variance is 1. */
  readonly factors: Float32Array;
  /**
   * What an L2 strength for the activations scaled as asked is to be divided by to mean the same for
   * these factors, which differ by a constant from those asked for.
   */
  readonly l2Unit: number;
}

/**
 * The factors of a scaling, in units in which one tolerance and one range of strengths suit every
 * base. Centring changes no optimum, as the bias is free, so `none` and `centred` have the same factors.
 */
export function columnFactors(
  scaling: Scaling,
  { deviations, divisors }: ColumnStatistics,
): ColumnFactors {
  const asked = divisors.map((divisor) => (scaling === 'standardised' ? 1 / divisor : 1));
  const variance = asked.reduce(
    (sum, factor, column) => sum + (factor * (deviations[column] ?? 0)) ** 2 / asked.length,
    0,
  );
  // Without any variation every factor is as good.
  const l2Unit = variance || 1;
  return { factors: asked.map((factor) => factor / Math.sqrt(l2Unit)), l2Unit };
}
