import { unitLength, type LiveHead } from '../../domain/liveHead.ts';
import { KernelRidge } from './kernelRidge.ts';

/** Of the spread. Chosen on flower photos, 1 to 100 a class, equal classes and ten to one: record 28 has the table. */
const PENALTY = 0.3;
/** The likeliest probabilities of held-out photos come with this factor, from one photo a class to a hundred. */
const SHARPNESS = 7;
/** By how much the spread may change before the penalty is worth setting anew. */
const SPREAD_CHANGE = 1.5;

/**
 * Ridge regression of the classes on activations of length 1. The penalty is in proportion to their
 * spread, the mean square of their distances from their mean, of when this was made.
 */
export class LiveRidge {
  readonly #ridge: KernelRidge;
  readonly #firstSpread: number;
  #sum: Float64Array;
  #numRows = 0;

  /** `spread`: of the activations to come. */
  constructor(spread: number, size: number) {
    this.#firstSpread = spread;
    this.#ridge = new KernelRidge(PENALTY * spread);
    this.#sum = new Float64Array(size);
  }

  /** Whether the penalty no longer fits what it has learnt from. */
  get isOutgrown(): boolean {
    const change = spreadOf(this.#sum, this.#numRows) / this.#firstSpread;
    return change > SPREAD_CHANGE || change < 1 / SPREAD_CHANGE;
  }

  /** One raw activation more. */
  append(activation: Float32Array): void {
    const row = unitLength(activation);
    this.#ridge.append(row);
    this.#sum = this.#sum.map((value, j) => value + (row[j] ?? 0));
    this.#numRows++;
  }

  /** `classIndices`: of the rows, in the order in which they were appended. */
  headFor(
    classIndices: readonly number[],
    numClasses: number,
  ): Pick<LiveHead, 'kernel' | 'bias' | 'numPhotos'> {
    const kernel = new Float32Array(this.#sum.length * numClasses);
    const bias = new Float32Array(numClasses);
    for (let c = 0; c < numClasses; c++) {
      const targets = classIndices.map((each) => (each === c ? 1 : 0));
      // From the mean on, not from the intercept, which would favour classes that have more photos.
      for (const [j, weight] of this.#ridge.weightsFor(targets).entries()) {
        kernel[j * numClasses + c] = SHARPNESS * weight;
        bias[c] = (bias[c] ?? 0) - (SHARPNESS * weight * (this.#sum[j] ?? 0)) / this.#numRows;
      }
    }
    return { kernel, bias, numPhotos: this.#numRows };
  }
}

/** A ridge that has learnt from raw activations, at least one, all of one length. */
export function learnRidge(activations: readonly Float32Array[]): LiveRidge {
  const size = activations[0]?.length ?? 0;
  const sum = new Float64Array(size);
  for (const row of activations.map(unitLength)) {
    for (let j = 0; j < size; j++) sum[j] = (sum[j] ?? 0) + (row[j] ?? 0);
  }
  const ridge = new LiveRidge(spreadOf(sum, activations.length), size);
  for (const activation of activations) ridge.append(activation);
  return ridge;
}

/** Of rows of length 1 with this sum; a little where there is none, so that equal photos can be learnt from. */
function spreadOf(sum: Float64Array, numRows: number): number {
  const meanSquare = sum.reduce((total, value) => total + (value / numRows) ** 2, 0);
  return Math.max(1 - meanSquare, 1e-3);
}
