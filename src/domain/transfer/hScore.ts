import { measureSpectrum, type LabelledRows } from './spectrum.ts';

/**
 * The H-score of Bao et al. (2019) with the covariance shrunk as Ibrahim, Ponomareva and Mazumder
 * ("Newer is not always better", 2021) do: tr(Σ⁻¹ B), with Σ the Ledoit–Wolf (2004) estimate and
 * B that of the class means, shrunk alike. From 0 to numClasses - 1; higher is better.
 */
export function shrunkHScore(labelled: LabelledRows): number {
  const rows = centred(labelled.rows, labelled.size);
  const { squares, classShares, classSizes, numSamples } = measureSpectrum({ ...labelled, rows });
  const shrinkage = ledoitWolfShrinkage(rows, labelled.size, squares);
  const meanVariance = sum(squares) / numSamples / labelled.size;
  let score = 0;
  for (const [classIndex, shares] of classShares.entries()) {
    const classSize = classSizes[classIndex] ?? 0;
    if (classSize === 0) continue;
    for (const [index, square] of squares.entries()) {
      const variance = ((1 - shrinkage) * square) / numSamples + shrinkage * meanVariance;
      score += ((shares[index] ?? 0) * square) / variance / classSize;
    }
  }
  // The reference divides this covariance by n - 1 and the other by n.
  return ((1 - shrinkage) * score) / (numSamples - 1);
}

/** How much of the covariance gives way to a multiple of the identity, 0 to 1. */
function ledoitWolfShrinkage(rows: Float64Array, size: number, squares: Float64Array): number {
  const numSamples = rows.length / size;
  let fourthPowers = 0;
  for (let start = 0; start < rows.length; start += size) {
    fourthPowers += sum(rows.subarray(start, start + size).map((value) => value * value)) ** 2;
  }
  const squaredNorm = sum(squares.map((square) => square * square)) / numSamples ** 2;
  const trace = sum(squares) / numSamples;
  const noise = (fourthPowers / numSamples - squaredNorm) / numSamples;
  const distance = squaredNorm - trace ** 2 / size;
  return noise <= 0 || distance <= 0 ? 0 : Math.min(1, noise / distance);
}

function centred(rows: Float64Array, size: number): Float64Array {
  const means = new Float64Array(size);
  for (let position = 0; position < rows.length; position++) {
    means[position % size] =
      (means[position % size] ?? 0) + ((rows[position] ?? 0) * size) / rows.length;
  }
  return rows.map((value, position) => value - (means[position % size] ?? 0));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
