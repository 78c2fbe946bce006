import type { HeadWeights } from '../domain/head.ts';

/** Maps each activation to its difference from a mean, divided. */
export interface Standardisation {
  /** [activationSize] */
  readonly means: Float32Array;
  /** [activationSize], positive. */
  readonly divisors: Float32Array;
}

/** The divisors bring each activation to a deviation below 1 over the photos that were measured. */
export interface ColumnStatistics extends Standardisation {
  /** [activationSize] */
  readonly deviations: Float32Array;
}

/**
 * Added to every deviation, in units of their mean: an activation that hardly ever fires in training
 * would otherwise be blown up without limit by the first photo in which it does, and those that
 * vary most, which tell most, would count no more than the rest.
 */
const DEVIATION_FLOOR = 1;

/** Mean and deviation of each column of `activations` [numSamples, activationSize]. */
export function measureStandardisation(
  activations: Float32Array,
  activationSize: number,
): ColumnStatistics {
  const numSamples = activations.length / activationSize;
  const means = new Float64Array(activationSize);
  const squares = new Float64Array(activationSize);
  forEachValue(activations, activationSize, (value, column) => {
    means[column] = (means[column] ?? 0) + value / numSamples;
  });
  forEachValue(activations, activationSize, (value, column) => {
    squares[column] = (squares[column] ?? 0) + (value - (means[column] ?? 0)) ** 2 / numSamples;
  });
  const deviations = squares.map(Math.sqrt);
  const meanDeviation = deviations.reduce(
    (total, deviation) => total + deviation / activationSize,
    0,
  );
  // With no variation at all any positive number will do: the standardised activations are all 0.
  const floor = DEVIATION_FLOOR * meanDeviation || 1;
  return {
    means: Float32Array.from(means),
    deviations: Float32Array.from(deviations),
    divisors: Float32Array.from(deviations, (deviation) => deviation + floor),
  };
}

/** A standardised copy of `activations` [numSamples, activationSize]. */
export function standardise(
  activations: Float32Array,
  { means, divisors }: Standardisation,
): Float32Array {
  const standardised = new Float32Array(activations.length);
  forEachValue(activations, means.length, (value, column, position) => {
    standardised[position] = (value - (means[column] ?? 0)) / (divisors[column] ?? 1);
  });
  return standardised;
}

/** Weights that give on raw activations what `weights` give on standardised ones. */
export function foldStandardisation(
  weights: HeadWeights,
  standardisation: Standardisation,
): HeadWeights {
  const [first, ...others] = weights.hidden ?? [];
  if (first === undefined) return foldIntoLayer(weights, standardisation);
  return { ...weights, hidden: [foldIntoLayer(first, standardisation), ...others] };
}

function foldIntoLayer<Layer extends Pick<HeadWeights, 'kernel' | 'bias'>>(
  layer: Layer,
  { means, divisors }: Standardisation,
): Layer {
  const outputSize = layer.bias.length;
  const kernel = new Float32Array(layer.kernel.length);
  const bias = Float64Array.from(layer.bias);
  forEachValue(layer.kernel, outputSize, (value, column, position) => {
    const row = Math.floor(position / outputSize);
    const folded = value / (divisors[row] ?? 1);
    kernel[position] = folded;
    bias[column] = (bias[column] ?? 0) - folded * (means[row] ?? 0);
  });
  return { ...layer, kernel, bias: Float32Array.from(bias) };
}

/** The way back: weights that give on standardised activations what `weights` give on raw ones. */
export function unfoldStandardisation(
  weights: HeadWeights,
  { means, divisors }: Standardisation,
): HeadWeights {
  // Folding divides by these and takes these off.
  const inverse = {
    divisors: divisors.map((divisor) => 1 / divisor),
    means: means.map((mean, i) => -mean / (divisors[i] ?? 1)),
  };
  return foldStandardisation(weights, inverse);
}

/** Visits a matrix of `numColumns` columns row by row. */
function forEachValue(
  matrix: Float32Array,
  numColumns: number,
  visit: (value: number, column: number, position: number) => void,
): void {
  for (let start = 0; start < matrix.length; start += numColumns) {
    for (let column = 0; column < numColumns; column++) {
      visit(matrix[start + column] ?? 0, column, start + column);
    }
  }
}
