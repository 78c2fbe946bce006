import type { Tridiagonal } from './tridiagonalise.ts';

const MAX_SWEEPS = 60;

/**
 * The eigenvalues of a symmetric tridiagonal matrix, unordered, by the QL method with implicit shifts
 * (Dubrulle, Martin and Wilkinson 1971). Each of `vectors` [order] is carried into the eigenvectors'
 * basis in place. Errors: RangeError where a value is not finite.
 */
export function diagonalise(
  { diagonal, offDiagonal }: Tridiagonal,
  vectors: readonly Float64Array[],
): Float64Array {
  const order = diagonal.length;
  const values = diagonal.slice();
  // Entry i between rows i and i + 1.
  const beside = new Float64Array(order);
  beside.set(offDiagonal.subarray(1));
  for (let first = 0; first < order; first++) {
    for (let sweep = 0; ; sweep++) {
      const end = blockEnd(values, beside, first);
      if (end === first) break;
      if (sweep === MAX_SWEEPS) throw new RangeError('The eigenvalues do not converge');
      sweepBlock(values, beside, first, end, vectors);
    }
  }
  return values;
}

/** The row at which the block that begins at `first` falls apart from the rest. */
function blockEnd(values: Float64Array, beside: Float64Array, first: number): number {
  let end = first;
  while (end < values.length - 1) {
    const size = Math.abs(values[end] ?? 0) + Math.abs(values[end + 1] ?? 0);
    if (Math.abs(beside[end] ?? 0) <= Number.EPSILON * size) break;
    end++;
  }
  return end;
}

function sweepBlock(
  values: Float64Array,
  beside: Float64Array,
  first: number,
  end: number,
  vectors: readonly Float64Array[],
): void {
  const slope = ((values[first + 1] ?? 0) - (values[first] ?? 0)) / (2 * (beside[first] ?? 0));
  const root = Math.hypot(slope, 1);
  const shift = (beside[first] ?? 0) / (slope + (slope < 0 ? -root : root));
  let g = (values[end] ?? 0) - (values[first] ?? 0) + shift;
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let row = end - 1; row >= first; row--) {
    const f = sine * (beside[row] ?? 0);
    const b = cosine * (beside[row] ?? 0);
    const length = Math.hypot(f, g);
    beside[row + 1] = length;
    if (length === 0) {
      values[row + 1] = (values[row + 1] ?? 0) - carried;
      beside[end] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = (values[row + 1] ?? 0) - carried;
    const turned = ((values[row] ?? 0) - g) * sine + 2 * cosine * b;
    carried = sine * turned;
    values[row + 1] = g + carried;
    g = cosine * turned - b;
    for (const vector of vectors) rotate(vector, row, sine, cosine);
  }
  values[first] = (values[first] ?? 0) - carried;
  beside[first] = g;
  beside[end] = 0;
}

function rotate(vector: Float64Array, row: number, sine: number, cosine: number): void {
  const upper = vector[row] ?? 0;
  const lower = vector[row + 1] ?? 0;
  vector[row + 1] = sine * upper + cosine * lower;
  vector[row] = cosine * upper - sine * lower;
}
