import { asText } from '../jsonChecks.ts';
import type { LayerKind } from '../network.ts';
import { leakyRelu, namedActivation } from './activations.ts';
import {
  plain,
  unsupported,
  where,
  type LayerDescription,
  type LayerSource,
} from './layerSource.ts';

type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide';

/** Classes of Keras layers and of Keras 3's operations, which have the same names. */
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  Add: 'add',
  Subtract: 'subtract',
  Multiply: 'multiply',
  Divide: 'divide',
  TrueDivide: 'divide',
};

/** Functions of TensorFlow that Keras 2 records as `TFOpLambda`. */
const TENSORFLOW_ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  '__operators__.add': 'add',
  'math.add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.divide': 'divide',
  'math.truediv': 'divide',
};

/** Classes of Keras 3's operations, with the names of the functions that they apply. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Relu: 'relu',
  Relu6: 'relu6',
  Elu: 'elu',
  Selu: 'selu',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Softplus: 'softplus',
  Silu: 'silu',
  HardSigmoid: 'hard_sigmoid',
  HardSilu: 'hard_silu',
};

/** Reads what is computed between layers; `null` if the class is none of that. */
export function readOperation(source: LayerSource): readonly LayerDescription[] | null {
  const { className } = source;
  if (className === 'TFOpLambda') return readTensorFlowOperation(source).map((each) => plain(each));
  const arithmetic = Object.hasOwn(ARITHMETIC, className) ? ARITHMETIC[className] : undefined;
  if (arithmetic !== undefined) return [plain(readArithmetic(arithmetic, source))];
  if (className === 'LeakyRelu') return [plain(leakyRelu(source, 0.2))];
  const name = Object.hasOwn(OPERATIONS, className) ? OPERATIONS[className] : undefined;
  return name === undefined ? null : namedActivation(name, source).map((each) => plain(each));
}

function readTensorFlowOperation(source: LayerSource): readonly LayerKind[] {
  const name = asText(source.config['function'], where(source, 'function'));
  const isArithmetic = Object.hasOwn(TENSORFLOW_ARITHMETIC, name);
  const arithmetic = isArithmetic ? TENSORFLOW_ARITHMETIC[name] : undefined;
  if (arithmetic !== undefined) return [readArithmetic(arithmetic, source)];
  if (!/^nn\.(relu6?|elu|selu|silu|swish)$|^(math|nn)\.(sigmoid|tanh)$/.test(name)) {
    unsupported(source, `computes ${name}, which is not known`);
  }
  return namedActivation(name.replace(/^\w+\./, ''), source);
}

/** Arithmetic between outputs of layers, or of one with a number or one number per channel. */
function readArithmetic(operation: Arithmetic, source: LayerSource): LayerKind {
  const [left = null, right = null] = source.operands;
  const constant = left ?? right;
  if (constant === null) {
    if (operation === 'add' || operation === 'multiply') return { kind: operation };
    return unsupported(source, 'subtracts or divides the outputs of two layers');
  }
  const isTensorFirst = left === null;
  if (source.operands.length !== 2 || (left !== null && right !== null)) {
    return unsupported(source, 'does not take one layer and one number');
  }
  switch (operation) {
    case 'add':
      return { kind: 'rescaling', scale: [1], offset: constant };
    case 'multiply':
      return { kind: 'rescaling', scale: constant, offset: [0] };
    case 'subtract':
      return isTensorFirst
        ? { kind: 'rescaling', scale: [1], offset: constant.map((value) => -value) }
        : { kind: 'rescaling', scale: [-1], offset: constant };
    case 'divide':
      if (!isTensorFirst || constant.includes(0)) unsupported(source, 'divides by a layer or by 0');
      return { kind: 'rescaling', scale: constant.map((value) => 1 / value), offset: [0] };
  }
}
