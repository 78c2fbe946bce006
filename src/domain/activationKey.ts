import { cutKey, type Cut } from './cut.ts';
import type { PreprocessingSpec } from './preprocessing.ts';
import type { ActivationSpaceId, Sha256 } from './ids.ts';

/** What an activation depends on besides the photo. No project and no label: relabelling recomputes nothing. */
export interface ActivationSpace {
  readonly graphHash: Sha256;
  readonly cut: Cut;
  readonly preprocessing: PreprocessingSpec;
  /** `original` is the photo as it is; the others come from `viewKey` of `domain/augmentation`. */
  readonly view: 'original' | `view ${string}`;
}

/** Database key of one activation: space first, so that one range holds all activations of a space. */
export type ActivationKey = readonly [space: ActivationSpaceId, imageHash: Sha256];

/** The space as a string that differs whenever an activation could. */
export function activationSpaceId(space: ActivationSpace): ActivationSpaceId {
  const { graphHash, cut, preprocessing: p, view } = space;
  const range = [p.scale.join(' '), p.offset.join(' ')];
  // Left out for `rgb`, so that activations from before there were other orders keep their key.
  const order = p.channelOrder === 'rgb' ? [] : [p.channelOrder];
  const pixels = [p.version, p.inputHeight, p.inputWidth, p.framing, ...range, ...order].join(',');
  return [graphHash, cutKey(cut), pixels, view].join('|') as ActivationSpaceId;
}
