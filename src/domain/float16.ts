/** float32 bits of 65520, half-way between the largest float16 (65504) and the next step. */
const OVERFLOW_BITS = 0x477ff000;
/** float32 bits of 2^-14, the smallest normal float16. */
const SMALLEST_NORMAL_BITS = 0x38800000;
const INFINITY_BITS = 0x7f800000;
/** Difference of the two exponent biases (127 and 15), at float32's exponent position. */
const REBIAS = (127 - 15) << 23;

/**
 * IEEE 754 half-precision bits of each value, rounded to nearest, ties to even.
 * Too large becomes infinity; NaN stays NaN.
 */
export function encodeFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const encoded = new Uint16Array(values.length);
  for (let i = 0; i < encoded.length; i++) {
    const word = bits[i] ?? 0;
    const magnitude = word & 0x7fffffff;
    const sign = (word >>> 16) & 0x8000;
    encoded[i] = sign | encodeMagnitude(magnitude, values[i] ?? 0);
  }
  return encoded;
}

function encodeMagnitude(magnitude: number, value: number): number {
  if (magnitude > INFINITY_BITS) return 0x7e00;
  if (magnitude >= OVERFLOW_BITS) return 0x7c00;
  // A subnormal float16 is a multiple of 2^-24: adding 1/2 puts that multiple into the low bits of
  // a float32, and the addition itself rounds to even.
  if (magnitude < SMALLEST_NORMAL_BITS) return (Math.fround(Math.abs(value) + 0.5) - 0.5) * 2 ** 24;
  const isOdd = (magnitude >>> 13) & 1;
  return (magnitude - REBIAS + 0xfff + isOdd) >>> 13;
}

/** The values that half-precision bits stand for; exact. */
export function decodeFloat16(encoded: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(encoded.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < encoded.length; i++) {
    const half = encoded[i] ?? 0;
    const sign = (half & 0x8000) << 16;
    const magnitude = (half & 0x7fff) << 13;
    if (magnitude >= 0x7c00 << 13) {
      bits[i] = sign | INFINITY_BITS | magnitude;
      continue;
    }
    // Multiplying restores the exponent's bias for normal and subnormal numbers alike.
    bits[i] = sign | magnitude;
    values[i] = (values[i] ?? 0) * 2 ** 112;
  }
  return values;
}
