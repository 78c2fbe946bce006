/** A symmetric matrix brought to three diagonals by an orthogonal change of basis. */
export interface Tridiagonal {
  /** [order] */
  readonly diagonal: Float64Array;
  /** [order]; entry i stands between rows i - 1 and i, the first is 0. */
  readonly offDiagonal: Float64Array;
}

/**
 * Householder's reduction, last row first (Wilkinson and Reinsch 1971). Only the lower triangle of
 * `matrix` [order, order] is read, and it is used up; each of `vectors` [order] is carried into the
 * new basis in place. About order³ · ⅔ multiplications.
 */
export function tridiagonalise(
  matrix: Float64Array,
  order: number,
  vectors: readonly Float64Array[],
): Tridiagonal {
  const diagonal = new Float64Array(order);
  const offDiagonal = new Float64Array(order);
  const image = new Float64Array(order);
  for (let last = order - 1; last > 0; last--) {
    const row = matrix.subarray(last * order, last * order + last);
    diagonal[last] = matrix[last * order + last] ?? 0;
    offDiagonal[last] = makeReflector(row);
    // The row is now the reflector v, with v·v = 2, or all zeros where nothing had to be done.
    multiplyLower(matrix, order, row, image);
    const half = dot(row, image, last) / 2;
    for (let index = 0; index < last; index++)
      image[index] = (image[index] ?? 0) - half * (row[index] ?? 0);
    for (let other = 0; other < last; other++) {
      const start = other * order;
      const ofRow = row[other] ?? 0;
      const ofImage = image[other] ?? 0;
      for (let column = 0; column <= other; column++) {
        matrix[start + column] =
          (matrix[start + column] ?? 0) -
          (ofRow * (image[column] ?? 0) + ofImage * (row[column] ?? 0));
      }
    }
    for (const vector of vectors) {
      const along = dot(row, vector, last);
      for (let index = 0; index < last; index++)
        vector[index] = (vector[index] ?? 0) - along * (row[index] ?? 0);
    }
  }
  diagonal[0] = matrix[0] ?? 0;
  return { diagonal, offDiagonal };
}

/** Replaces `row` by the reflector that leaves only its last entry, which is returned. */
function makeReflector(row: Float64Array): number {
  const end = row.length - 1;
  const length = Math.sqrt(dot(row, row, row.length));
  const last = row[end] ?? 0;
  if (length === 0 || length === Math.abs(last)) {
    row.fill(0);
    return last;
  }
  // The sign that adds, so that nothing cancels.
  const kept = last > 0 ? -length : length;
  row[end] = last - kept;
  const scale = 1 / Math.sqrt(length * (length + Math.abs(last)));
  for (let index = 0; index <= end; index++) row[index] = (row[index] ?? 0) * scale;
  return kept;
}

/** The leading block of a symmetric matrix, given by its lower triangle, times `vector`. */
function multiplyLower(
  matrix: Float64Array,
  order: number,
  vector: Float64Array,
  product: Float64Array,
): void {
  product.fill(0);
  for (let row = 0; row < vector.length; row++) {
    const start = row * order;
    const ofRow = vector[row] ?? 0;
    let sum = (matrix[start + row] ?? 0) * ofRow;
    for (let column = 0; column < row; column++) {
      const value = matrix[start + column] ?? 0;
      sum += value * (vector[column] ?? 0);
      product[column] = (product[column] ?? 0) + value * ofRow;
    }
    product[row] = (product[row] ?? 0) + sum;
  }
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
