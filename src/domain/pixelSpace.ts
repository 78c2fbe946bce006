import type { ActivationSpace } from './activationKey.ts';
import type { Sha256 } from './ids.ts';
import type { PreprocessingSpec } from './preprocessing.ts';

/**
 * Where pixels are stored as a network sees them, beside the activations of bases: they are those of its
 * input layer, and the same for every network with this preprocessing. The hash is none of a graph's.
 */
export function pixelSpace(preprocessing: PreprocessingSpec): ActivationSpace {
  return {
    graphHash: 'pixels' as Sha256,
    cut: { positions: [0], pooling: 'flatten' },
    preprocessing,
    view: 'original',
  };
}
