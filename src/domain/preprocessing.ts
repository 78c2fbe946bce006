/** How a photo that is not square meets a square input. */
export type Framing = 'centre-square' | 'padded' | 'stretched';

export const FRAMINGS: readonly Framing[] = ['centre-square', 'padded', 'stretched'];

/** Raised whenever the pixels that reach a base would change; older activations are then recomputed. */
export const PREPROCESSING_VERSION = 1;

/**
 * Everything between a decoded photo and the base's input tensor.
 * Upright RGB on white, framed, resampled with an antialiased triangle filter to 8 bits,
 * then `x * scale + offset`.
 */
export interface PreprocessingSpec {
  readonly version: typeof PREPROCESSING_VERSION;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly framing: Framing;
  readonly scale: number;
  readonly offset: number;
}
