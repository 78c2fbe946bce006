import type { OperatorName } from './operators.ts';

/**
 * The first TensorFlow Lite that has an operator in the versions that `OPERATORS` names, for float32 and for
 * int8, by TensorFlow's `lite/tools/versioning/runtime_version.cc`.
 */
const FIRST_RUNTIMES: Readonly<Record<OperatorName, readonly [float: string, int8?: string]>> = {
  ADD: ['1.5.0', '1.14.0'],
  AVERAGE_POOL_2D: ['1.5.0', '1.14.0'],
  CONCATENATION: ['1.5.0', '1.14.0'],
  CONV_2D: ['1.5.0', '1.14.0'],
  DEPTHWISE_CONV_2D: ['1.12.0', '1.14.0'],
  DEQUANTIZE: ['1.15.0', '1.14.0'],
  ELU: ['1.14.0'],
  EXP: ['1.7.0'],
  FULLY_CONNECTED: ['1.5.0', '1.14.0'],
  GELU: ['2.9.0'],
  LEAKY_RELU: ['1.13.1', '2.3.0'],
  LOG: ['1.14.0'],
  LOGISTIC: ['1.14.0'],
  MAX_POOL_2D: ['1.5.0', '1.14.0'],
  MEAN: ['1.6.0', '1.14.0'],
  MUL: ['1.5.0', '1.15.0'],
  PAD: ['1.5.0', '1.14.0'],
  PRELU: ['1.8.0'],
  QUANTIZE: ['1.14.0'],
  REDUCE_MAX: ['1.11.0', '1.14.0'],
  RELU: ['1.5.0', '2.1.0'],
  RELU6: ['1.5.0', '1.14.0'],
  RESHAPE: ['1.5.0'],
  RESIZE_BILINEAR: ['2.2.0'],
  RESIZE_NEAREST_NEIGHBOR: ['1.13.1', '1.14.0'],
  SOFTMAX: ['1.5.0', '1.14.0'],
  STRIDED_SLICE: ['1.6.0', '1.14.0'],
  TANH: ['1.14.0'],
};

/** Name and kind of numbers of an operator of the file. */
export interface UsedOperator {
  readonly name: OperatorName;
  readonly isInt8: boolean;
}

/** The first TensorFlow Lite that runs all of these. */
export function firstRuntime(operators: readonly UsedOperator[]): string {
  const needed = operators.map(({ name, isInt8 }) => {
    const [float, int8 = float] = FIRST_RUNTIMES[name];
    return isInt8 ? int8 : float;
  });
  return needed.reduce((latest, each) => (isLater(each, latest) ? each : latest), '1.5.0');
}

function isLater(one: string, other: string): boolean {
  const [mine, others] = [one.split('.').map(Number), other.split('.').map(Number)];
  const difference = mine.map((part, i) => part - (others[i] ?? 0)).find((each) => each !== 0);
  return (difference ?? 0) > 0;
}
