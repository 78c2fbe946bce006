/** How a photo that is not square meets a square input. */
export type Framing = 'centre-square' | 'padded' | 'stretched';

export const FRAMINGS: readonly Framing[] = ['centre-square', 'padded', 'stretched'];

/** Order of the channels in a base's input; `grey` is a single one. */
export const CHANNEL_ORDERS = ['rgb', 'bgr', 'grey'] as const;

/** What red, green and blue give to grey in Teachable Machine's library, whose grey bases are the only ones in wide use. */
export const GREY_WEIGHTS = [0.2989, 0.587, 0.114] as const;

export type ChannelOrder = (typeof CHANNEL_ORDERS)[number];

/** 8-bit value `x` of a channel enters the base as `x * scale + offset`. */
export interface PixelRange {
  readonly channelOrder: ChannelOrder;
  /** One for all channels, or one for each in the base's own order. */
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/**
 * A version more whenever the pixels that reach a base would change; older activations are then
 * recomputed, and a head goes on with the version that it was trained on. 2: photos far larger
 * than the input may be decoded smaller.
 */
export const PREPROCESSING_VERSIONS = [1, 2] as const;

export const PREPROCESSING_VERSION = 2;

/**
 * Everything between a decoded photo and the base's input tensor.
 * Upright RGB on white, framed, resampled with an antialiased triangle filter to 8 bits,
 * then channel by channel into the pixel range.
 */
export interface PreprocessingSpec extends PixelRange {
  readonly version: (typeof PREPROCESSING_VERSIONS)[number];
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly framing: Framing;
}

/** Values per pixel of the base's input. */
export function numInputChannels({ channelOrder }: Pick<PixelRange, 'channelOrder'>): 1 | 3 {
  return channelOrder === 'grey' ? 1 : 3;
}
