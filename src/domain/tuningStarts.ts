import { activationSize, layerUses, type LayerSummary } from './baseSummary.ts';
import type { Cut } from './cut.ts';
import type { TrainingStart } from './headConfig.ts';

/** A layer that training can start above. */
export interface TuningStart {
  readonly start: TrainingStart;
  readonly activationSize: number;
  /** Layers with kernels between there and the project's cut. */
  readonly numWeighted: number;
  /** Parameters of everything between there and the project's cut but batch norms. */
  readonly numParameters: number;
  /** What batch norms learn where they are trained: a factor and a shift for each channel. */
  readonly numNormParameters: number;
}

const WEIGHTED = ['conv2d', 'depthwise-conv2d', 'dense'];

/** A start whose activations are so many times larger than those of an earlier one is not worth it. */
const MAX_SIZE_RATIO = 3;

/** The last block of most networks: an expansion, a depthwise convolution, a projection, and one more. */
const DEFAULT_NUM_WEIGHTED = 4;
/** With more, a step by Adam takes most of the memory that a browser has for it. */
const DEFAULT_MAX_PARAMETERS = 10_000_000;

/**
 * Sensible starts for training below `cut`, the latest first: of those with 1, 2, up to 4, 8, 16 ... layers
 * with kernels above them the one with the smallest activations. Empty where no layer will do.
 */
export function tuningStarts(layers: readonly LayerSummary[], cut: Cut): readonly TuningStart[] {
  const smallest = new Map<number, TuningStart>();
  for (const start of possibleStarts(layers, cut)) {
    const bucket = Math.ceil(Math.log2(start.numWeighted));
    const known = smallest.get(bucket);
    if (known === undefined || isBetter(start, known)) smallest.set(bucket, start);
  }
  const starts = [...smallest.values()].sort((a, b) => a.numWeighted - b.numWeighted);
  return starts.filter(({ activationSize: size }, i) =>
    starts.slice(i + 1).every((earlier) => size <= MAX_SIZE_RATIO * earlier.activationSize),
  );
}

/** Smaller, or more to train at the same size. */
function isBetter(a: TuningStart, b: TuningStart): boolean {
  const isSameSize = a.activationSize === b.activationSize;
  return isSameSize ? a.numWeighted > b.numWeighted : a.activationSize < b.activationSize;
}

/** The one to begin with: the last block, or the least there is. */
export function defaultStart(starts: readonly TuningStart[]): TuningStart | null {
  const within = starts.filter(
    ({ numWeighted, numParameters }) =>
      numWeighted <= DEFAULT_NUM_WEIGHTED && numParameters <= DEFAULT_MAX_PARAMETERS,
  );
  return within.at(-1) ?? starts[0] ?? null;
}

/** Every layer that all ways to the cut lead through, the latest first. */
function possibleStarts(layers: readonly LayerSummary[], cut: Cut): readonly TuningStart[] {
  const uses = layerUses(layers, cut);
  const starts: TuningStart[] = [];
  // Of what lies between the cut and the layer that is looked at.
  let earliestUsed = Math.min(...cut.positions);
  let [numWeighted, numParameters, numNormParameters] = [0, 0, 0];
  for (const { position, kind, name, inputs, ...layer } of layers.toReversed()) {
    if (uses[position] !== 'frozen') continue;
    const isAfterCut = position >= Math.min(...cut.positions);
    if (!isAfterCut && earliestUsed >= position && numWeighted > 0 && inputs.length > 0) {
      const pooling = layer.outputShape.length === 1 ? 'none' : 'flatten';
      const start = { positions: [position], pooling, layer: name } as const;
      const size = activationSize(layers, start);
      const counts = { numWeighted, numParameters, numNormParameters };
      starts.push({ start, activationSize: size, ...counts });
    }
    earliestUsed = Math.min(earliestUsed, ...inputs);
    if (WEIGHTED.includes(kind)) numWeighted += 1;
    // The other two of each channel, its mean and variance, only follow.
    if (kind === 'batch-norm') {
      numNormParameters += layer.numParameters - 2 * (layer.outputShape.at(-1) ?? 0);
    } else numParameters += layer.numParameters;
  }
  return starts;
}
