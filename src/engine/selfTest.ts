import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Plan } from './plan.ts';
import { writeInput } from './preprocess.ts';

/** Half-precision textures, as on some phones, stay well below; a broken kernel does not. */
const MAX_RELATIVE_DISTANCE = 5e-3;

/** Input made by a formula, so that any device can make it: (37y + 17x + 91c + yx) mod 256. */
export function selfTestInput(spec: PreprocessingSpec): Float32Array {
  const { inputHeight, inputWidth } = spec;
  const pixels = new Uint8ClampedArray(inputHeight * inputWidth * 3);
  for (let i = 0; i < pixels.length; i++) {
    const c = i % 3;
    const x = Math.floor(i / 3) % inputWidth;
    const y = Math.floor(i / (3 * inputWidth));
    pixels[i] = (37 * y + 17 * x + 91 * c + y * x) % 256;
  }
  const input = new Float32Array(inputHeight * inputWidth * numInputChannels(spec));
  writeInput(pixels, spec, input, 0);
  return input;
}

/** Whether the plan's activation of the formula picture is the reference, but for rounding. */
export async function passesSelfTest(
  plan: Plan,
  spec: PreprocessingSpec,
  reference: Float32Array,
): Promise<boolean> {
  const activation = await plan.run(selfTestInput(spec), 1);
  return relativeDistance(activation, reference) <= MAX_RELATIVE_DISTANCE;
}

/** ‖a − b‖ / ‖b‖; NaN where the sizes differ, so that every comparison fails. */
function relativeDistance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    const reference = b[i] ?? 0;
    difference += ((a[i] ?? 0) - reference) ** 2;
    norm += reference ** 2;
  }
  return Math.sqrt(difference / norm);
}
