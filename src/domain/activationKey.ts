import type { PreprocessingSpec } from './preprocessing.ts';
import type { ActivationSpaceId, Sha256 } from './ids.ts';

/** What an activation depends on besides the photo. No project and no label: relabelling recomputes nothing. */
export interface ActivationSpace {
  readonly graphHash: Sha256;
  readonly cutPosition: number;
  readonly pooling: 'global-average';
  readonly preprocessing: PreprocessingSpec;
  /** Augmented views will be further members; `original` is the photo as it is. */
  readonly view: 'original';
}

/** Database key of one activation: space first, so that one range holds all activations of a space. */
export type ActivationKey = readonly [space: ActivationSpaceId, imageHash: Sha256];

/** The space as a string that differs whenever an activation could. */
export function activationSpaceId(space: ActivationSpace): ActivationSpaceId {
  const { graphHash, cutPosition, pooling, preprocessing: p, view } = space;
  const pixels = [p.version, p.inputHeight, p.inputWidth, p.framing, p.scale, p.offset].join(',');
  return [graphHash, cutPosition, pooling, pixels, view].join('|') as ActivationSpaceId;
}
