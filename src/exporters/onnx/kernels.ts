import type { WeightTensor } from '../../network/network.ts';

/** Kernel [height, width, in, out] as ONNX has it: [out, in, height, width]. */
export function convolutionKernel({ shape, values }: WeightTensor): WeightTensor {
  const [height = 1, width = 1, numInputs = 1, numOutputs = 1] = shape;
  const source = values;
  const area = height * width;
  const result = new Float32Array(source.length);
  let position = 0;
  for (let at = 0; at < area; at++) {
    for (let input = 0; input < numInputs; input++) {
      for (let output = 0; output < numOutputs; output++) {
        result[(output * numInputs + input) * area + at] = source[position++] ?? 0;
      }
    }
  }
  return { shape: [numOutputs, numInputs, height, width], values: result };
}

/** Depthwise kernel [height, width, channels, multiplier] as one of as many groups as channels. */
export function depthwiseKernel({ shape, values }: WeightTensor): WeightTensor {
  const [height = 1, width = 1, channels = 1, multiplier = 1] = shape;
  return convolutionKernel({ shape: [height, width, 1, channels * multiplier], values });
}

/** Values [height, width, channels], or fewer sizes, and their shape with channels first. */
export function channelsFirstValues(
  values: Float32Array,
  shape: readonly number[],
): readonly [Float32Array, readonly number[]] {
  const [channels = 1, width = 1, height = 1] = [...shape].reverse();
  const source = { shape: [height, width, 1, channels], values };
  return [convolutionKernel(source).values, [channels, height, width]];
}
