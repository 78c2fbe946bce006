/** An operator's number in the schema, the number of its table of options, and the version it is of. */
interface OperatorKind {
  readonly code: number;
  /** In the union `BuiltinOptions`; 0 for none. */
  readonly options: number;
  /** The first version whose kernels do what is written here, by the type of the first input. */
  readonly versions: { readonly float: number; readonly int8: number };
}

const operator = (code: number, options: number, float = 1, int8 = 2): OperatorKind => ({
  code,
  options,
  versions: { float, int8 },
});

/** Those of TensorFlow Lite's built-in operators that networks are written with, from its `schema.fbs`. */
export const OPERATORS = {
  ADD: operator(0, 11),
  AVERAGE_POOL_2D: operator(1, 5),
  CONCATENATION: operator(2, 10),
  CONV_2D: operator(3, 1, 1, 3),
  DEPTHWISE_CONV_2D: operator(4, 2, 2, 3),
  /** Of float16, version 3 of its float form. */
  DEQUANTIZE: operator(6, 38, 3, 2),
  ELU: operator(111, 0, 1, 1),
  EXP: operator(47, 33),
  FULLY_CONNECTED: operator(9, 8, 1, 4),
  GELU: operator(150, 116),
  LEAKY_RELU: operator(98, 75),
  LOG: operator(73, 0),
  LOGISTIC: operator(14, 0),
  MAX_POOL_2D: operator(17, 5),
  MEAN: operator(40, 27),
  MUL: operator(18, 21, 1, 3),
  PAD: operator(34, 22),
  PRELU: operator(54, 0, 1, 1),
  QUANTIZE: operator(114, 89, 1, 1),
  REDUCE_MAX: operator(82, 27),
  RELU: operator(19, 0),
  RELU6: operator(21, 0),
  RESHAPE: operator(22, 17, 1, 1),
  RESIZE_BILINEAR: operator(23, 15, 3, 3),
  RESIZE_NEAREST_NEIGHBOR: operator(97, 74),
  SOFTMAX: operator(25, 9),
  STRIDED_SLICE: operator(45, 32),
  TANH: operator(28, 0),
} as const;

export type OperatorName = keyof typeof OPERATORS;
