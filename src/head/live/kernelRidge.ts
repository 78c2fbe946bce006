/**
 * Ridge regression with a free intercept in its dual form: `(K + penalty · I) · A + 1 · b = targets`
 * with `1 · A = 0`, `K` the products of all pairs of rows. `K + penalty · I` is kept as a Cholesky
 * factor to which a row is appended in `n · size + n² / 2` multiplications; targets have no part in
 * it, so that they may change at no cost.
 */
export class KernelRidge {
  readonly #penalty: number;
  readonly #rows: Float32Array[] = [];
  /** Rows of the lower factor, each as long as its index plus one. */
  readonly #factor: Float64Array[] = [];
  /** The solution for targets of 1, which all others share. */
  #ones: Float64Array | null = null;

  constructor(penalty: number) {
    this.#penalty = penalty;
  }

  get numRows(): number {
    return this.#rows.length;
  }

  append(row: Float32Array): void {
    this.#rows.push(row);
    this.#ones = null;
    const products = this.#rows.map((other) => product(row, other));
    const last = this.#rows.length - 1;
    const appended = new Float64Array(last + 1);
    let rest = (products[last] ?? 0) + this.#penalty;
    for (const [i, upper] of this.#factor.entries()) {
      const value = ((products[i] ?? 0) - partialProduct(upper, appended, i)) / (upper[i] ?? 1);
      appended[i] = value;
      rest -= value * value;
    }
    // Rounding alone could bring it to zero, where rows repeat each other.
    appended[last] = Math.sqrt(Math.max(rest, this.#penalty * 1e-9));
    this.#factor.push(appended);
  }

  /** The weights, [size], that the rows' `targets`, [numRows], ask for. */
  weightsFor(targets: ArrayLike<number>): Float32Array {
    const solution = this.#solve(targets);
    const ones = (this.#ones ??= this.#solve(this.#rows.map(() => 1)));
    const intercept = sumOf(solution) / sumOf(ones);
    const weights = new Float32Array(this.#rows[0]?.length ?? 0);
    for (const [i, row] of this.#rows.entries()) {
      const share = (solution[i] ?? 0) - intercept * (ones[i] ?? 0);
      for (let j = 0; j < weights.length; j++)
        weights[j] = (weights[j] ?? 0) + share * (row[j] ?? 0);
    }
    return weights;
  }

  #solve(targets: ArrayLike<number>): Float64Array {
    const solution = new Float64Array(this.numRows);
    for (const [i, row] of this.#factor.entries()) {
      solution[i] = ((targets[i] ?? 0) - partialProduct(row, solution, i)) / (row[i] ?? 1);
    }
    for (let i = this.numRows - 1; i >= 0; i--) {
      const row = this.#factor[i] ?? new Float64Array();
      const value = (solution[i] ?? 0) / (row[i] ?? 1);
      solution[i] = value;
      for (let j = 0; j < i; j++) solution[j] = (solution[j] ?? 0) - (row[j] ?? 0) * value;
    }
    return solution;
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Over the first `count` values. */
function partialProduct(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
