import type { Spectrum } from './spectrum.ts';

const MAX_STEPS = 11;
const TOLERANCE = 0.01;

/**
 * LogME of You, Liu, Wang and Long (ICML 2021): the log evidence, per photo and on average over the
 * classes, of a Bayesian linear model from activations (as they are, not centred) to "is of this
 * class". Its two precisions come from the authors' fixed-point iteration with their stopping rule.
 * Higher is better; comparable between bases on the same photos only.
 */
export function logme(spectrum: Spectrum): number {
  const evidences = spectrum.classShares.map((shares, classIndex) =>
    evidence(spectrum, shares, spectrum.classSizes[classIndex] ?? 0),
  );
  return evidences.reduce((sum, value) => sum + value, 0) / evidences.length;
}

/** For one class; its indicator vector has the squared length `classSize`. */
function evidence(
  { squares, numSamples }: Spectrum,
  shares: Float64Array,
  classSize: number,
): number {
  let [alpha, beta, ratio] = [1, 1, 1];
  let fit = { weightSquares: 0, errorSquares: 0 };
  for (let step = 0; step < MAX_STEPS; step++) {
    let numDetermined = 0;
    for (const square of squares) numDetermined += square / (square + ratio);
    fit = posteriorFit(squares, shares, classSize, alpha / beta);
    alpha = numDetermined / fit.weightSquares;
    beta = (numSamples - numDetermined) / fit.errorSquares;
    const next = alpha / beta;
    if (Math.abs(next - ratio) / ratio < TOLERANCE) break;
    ratio = next;
  }
  // Directions without variance would add ½ ln α - ½ ln α.
  let logVolume = 0;
  for (const square of squares) logVolume += Math.log(alpha) - Math.log(alpha + beta * square);
  const logEvidence =
    logVolume / 2 +
    (numSamples / 2) * Math.log(beta / (2 * Math.PI)) -
    (beta / 2) * fit.errorSquares -
    (alpha / 2) * fit.weightSquares;
  return logEvidence / numSamples;
}

/** Squared length of the mean weights under a ridge penalty, and of what they leave unexplained. */
function posteriorFit(
  squares: Float64Array,
  shares: Float64Array,
  classSize: number,
  ridge: number,
): { readonly weightSquares: number; readonly errorSquares: number } {
  let weightSquares = 0;
  let errorSquares = classSize;
  for (const [index, square] of squares.entries()) {
    const share = shares[index] ?? 0;
    weightSquares += (share * square) / (square + ridge) ** 2;
    errorSquares += share * ((ridge / (square + ridge)) ** 2 - 1);
  }
  return { weightSquares, errorSquares };
}
