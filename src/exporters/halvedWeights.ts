/** The largest that float16 holds. */
export const LARGEST_FLOAT16 = 65504;

/**
 * As many values, or fewer, stay float32 in a file of float16 weights: biases and the like take little
 * room, and rounding them moved the answers of MobileNetV2 0.35 by up to 0.02, rounding the rest by 0.003.
 */
export const MAX_KEPT_VALUES = 2048;
