import { diagonalise } from './diagonalise.ts';
import { tridiagonalise } from './tridiagonalise.ts';

/** What both LogME and the H-score ask of a matrix [numSamples, size]. */
export interface Spectrum {
  readonly numSamples: number;
  readonly size: number;
  /** Squared singular values; those that are 0 within rounding are left out. */
  readonly squares: Float64Array;
  /** For each class: the squared shares of its indicator vector along the left singular vectors. */
  readonly classShares: readonly Float64Array[];
  /** Photos of each class. */
  readonly classSizes: readonly number[];
}

/** Photos with their activations row by row, and the class of each. */
export interface LabelledRows {
  /** [numSamples, size], finite. */
  readonly rows: Float64Array;
  readonly size: number;
  /** [numSamples], from 0 to numClasses - 1. */
  readonly classIndices: ArrayLike<number>;
  readonly numClasses: number;
}

/** Eigenvalues below this share of the largest are rounding. */
const RANK_TOLERANCE = 1e-12;

/**
 * Singular values of the rows and how the classes lie along them, from the smaller of the two Gram
 * matrices; eigenvectors themselves are never formed, which makes 1,280 × 1,280 a matter of seconds.
 */
export function measureSpectrum(labelled: LabelledRows): Spectrum {
  const { rows, size, classIndices, numClasses } = labelled;
  const numSamples = rows.length / size;
  const bySamples = numSamples <= size;
  const order = bySamples ? numSamples : size;
  const gram = bySamples ? gramOfRows(rows, size) : gramOfColumns(rows, size);
  const vectors = Array.from({ length: numClasses }, (_, classIndex) =>
    bySamples ? indicator(classIndices, classIndex) : classSums(labelled, classIndex),
  );
  const values = diagonalise(tridiagonalise(gram, order, vectors), vectors);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const kept = [...values.keys()].filter(
    (index) => (values[index] ?? 0) > largest * RANK_TOLERANCE,
  );
  const squares = Float64Array.from(kept, (index) => values[index] ?? 0);
  return {
    numSamples,
    size,
    squares,
    classShares: vectors.map((vector) =>
      Float64Array.from(
        kept,
        (index) => (vector[index] ?? 0) ** 2 / (bySamples ? 1 : (values[index] ?? 0)),
      ),
    ),
    classSizes: Array.from({ length: numClasses }, (_, classIndex) =>
      indicator(classIndices, classIndex).reduce((sum, value) => sum + value, 0),
    ),
  };
}

function indicator(classIndices: ArrayLike<number>, classIndex: number): Float64Array {
  return Float64Array.from(classIndices, (each) => (each === classIndex ? 1 : 0));
}

function classSums({ rows, size, classIndices }: LabelledRows, classIndex: number): Float64Array {
  const sums = new Float64Array(size);
  for (let sample = 0; sample < classIndices.length; sample++) {
    if (classIndices[sample] !== classIndex) continue;
    for (let column = 0; column < size; column++)
      sums[column] = (sums[column] ?? 0) + (rows[sample * size + column] ?? 0);
  }
  return sums;
}

/** Lower triangle of rows · rowsᵀ. */
function gramOfRows(rows: Float64Array, size: number): Float64Array {
  const order = rows.length / size;
  const gram = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (rows[i * size + k] ?? 0) * (rows[j * size + k] ?? 0);
      gram[i * order + j] = sum;
    }
  }
  return gram;
}

/** Lower triangle of rowsᵀ · rows. */
function gramOfColumns(rows: Float64Array, size: number): Float64Array {
  const gram = new Float64Array(size * size);
  for (let start = 0; start < rows.length; start += size) {
    for (let i = 0; i < size; i++) {
      const value = rows[start + i] ?? 0;
      if (value === 0) continue;
      for (let j = 0; j <= i; j++)
        gram[i * size + j] = (gram[i * size + j] ?? 0) + value * (rows[start + j] ?? 0);
    }
  }
  return gram;
}
