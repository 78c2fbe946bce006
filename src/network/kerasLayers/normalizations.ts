import { asFlag, asNumber } from '../jsonChecks.ts';
import type { LayerKind, TensorRole } from '../network.ts';
import {
  plain,
  rankOfLastAxis,
  unsupported,
  where,
  type LayerDescription,
  type LayerSource,
  type LayerVariable,
} from './layerSource.ts';

/** Keras' bound on the deviation that `Normalization` divides by. */
const MIN_DEVIATION = 1e-7;

export function readBatchNorm(source: LayerSource): LayerDescription {
  const { config } = source;
  const inputRank = rankOfLastAxis(source);
  const epsilon = asNumber(config['epsilon'] ?? 1e-3, where(source, 'epsilon'));
  if (epsilon < 0) unsupported(source, 'has a negative epsilon');
  const hasScale = asFlag(config['scale'] ?? true, where(source, 'scale'));
  const hasCentre = asFlag(config['center'] ?? true, where(source, 'center'));
  return {
    // Keras files carry the epsilon as float32 or as the shorter decimal: the same number here.
    settings: { kind: 'batch-norm', epsilon: Math.fround(epsilon) },
    variables: [
      ...(hasScale ? [perChannel('gamma', 'gamma')] : []),
      ...(hasCentre ? [perChannel('beta', 'beta')] : []),
      perChannel('moving_mean', 'mean'),
      perChannel('moving_variance', 'variance'),
    ],
    inputRank,
  };
}

/** Keras' `Normalization`: with the figures in its config a rescaling, otherwise they are in the weights. */
export function readNormalization(source: LayerSource): LayerDescription {
  const { config } = source;
  const inputRank = rankOfLastAxis(source);
  const isInverse = asFlag(config['invert'] ?? false, where(source, 'invert'));
  if ((config['mean'] ?? null) !== null) {
    const means = readNumbers(source, 'mean');
    const deviations = readNumbers(source, 'variance').map((variance) =>
      Math.max(Math.sqrt(variance), MIN_DEVIATION),
    );
    const settings = isInverse ? inverse(means, deviations) : forward(means, deviations);
    return plain(settings, inputRank);
  }
  if (isInverse) unsupported(source, 'is inverted');
  return {
    settings: { kind: 'batch-norm', epsilon: 0 },
    variables: [
      perChannel('mean', 'mean'),
      perChannel('variance', 'variance'),
      { name: 'count', role: null, shape: [] },
    ],
    inputRank,
  };
}

export function readRescaling(source: LayerSource): LayerDescription {
  const scale = readNumbers(source, 'scale');
  const offset = source.config['offset'] == null ? [0] : readNumbers(source, 'offset');
  return plain({ kind: 'rescaling', scale, offset });
}

function perChannel(name: string, role: TensorRole): LayerVariable {
  return { name, role, shape: [null] };
}

function forward(means: readonly number[], deviations: readonly number[]): LayerKind {
  const length = Math.max(means.length, deviations.length);
  const at = (values: readonly number[], i: number) => values[i] ?? values[0] ?? 0;
  const scale = Array.from({ length }, (_, i) => 1 / at(deviations, i));
  return { kind: 'rescaling', scale, offset: scale.map((factor, i) => -at(means, i) * factor) };
}

function inverse(means: readonly number[], deviations: readonly number[]): LayerKind {
  return { kind: 'rescaling', scale: deviations, offset: means };
}

/** A number or a list of them, which may lie within lists of one element. */
function readNumbers(source: LayerSource, field: string): readonly number[] {
  let value = source.config[field];
  while (Array.isArray(value) && value.length === 1 && Array.isArray(value[0])) {
    value = value[0] as unknown[];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((each) => asNumber(each, where(source, field)));
}
