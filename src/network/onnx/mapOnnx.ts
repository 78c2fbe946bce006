import { GraftError } from '../../domain/errors.ts';
import { canonicalNetwork } from '../canonicalNetwork.ts';
import { inferShapes } from '../inferShapes.ts';
import type { Network, WeightTensor } from '../network.ts';
import {
  mapActivation,
  mapClip,
  mapElu,
  mapGelu,
  mapHardSigmoid,
  mapLeakyRelu,
  mapPRelu,
  mapSelu,
  mapSoftmax,
} from './activationNodes.ts';
import { mapArithmetic, mapJoin } from './arithmeticNodes.ts';
import { integerAttribute, unsupportedNode } from './attributes.ts';
import { addInput } from './inputValue.ts';
import { Mapping, type GraphValue } from './mapping.ts';
import { neededNodes } from './neededNodes.ts';
import { mapGlobalPooling, mapPooling, mapReduction } from './poolingNodes.ts';
import type { OnnxGraph } from './readModel.ts';
import type { OnnxNode } from './readNode.ts';
import { mapFlatten, mapReshape, mapSqueeze, mapUnsqueeze } from './reshapeNodes.ts';
import {
  mapConcatenation,
  mapCropping,
  mapPadding,
  mapResize,
  mapTranspose,
} from './shapeNodes.ts';
import { mapErrorFunction } from './smoothNodes.ts';
import { mapBatchNorm, mapConvolution, mapGemm, mapMatMul } from './weightedNodes.ts';

type NodeMapper = (node: OnnxNode, mapping: Mapping) => GraphValue;

const passOn: NodeMapper = (node, mapping) => mapping.value(node, 0);

const MAPPERS: Readonly<Record<string, NodeMapper>> = {
  Constant: mapConstant,
  Identity: passOn,
  Dropout: passOn,
  Cast: mapCast,
  Conv: mapConvolution,
  MatMul: mapMatMul,
  Gemm: mapGemm,
  BatchNormalization: mapBatchNorm,
  Add: mapArithmetic,
  Sub: mapArithmetic,
  Mul: mapArithmetic,
  Div: mapArithmetic,
  Sum: mapJoin,
  Relu: mapActivation,
  Sigmoid: mapActivation,
  Tanh: mapActivation,
  Softplus: mapActivation,
  HardSwish: mapActivation,
  Elu: mapElu,
  Selu: mapSelu,
  Gelu: mapGelu,
  Erf: mapErrorFunction,
  HardSigmoid: mapHardSigmoid,
  Clip: mapClip,
  LeakyRelu: mapLeakyRelu,
  PRelu: mapPRelu,
  Softmax: mapSoftmax,
  MaxPool: mapPooling,
  AveragePool: mapPooling,
  GlobalAveragePool: mapGlobalPooling,
  GlobalMaxPool: mapGlobalPooling,
  ReduceMean: mapReduction,
  ReduceMax: mapReduction,
  Transpose: mapTranspose,
  Concat: mapConcatenation,
  Pad: mapPadding,
  Slice: mapCropping,
  Resize: mapResize,
  Flatten: mapFlatten,
  Reshape: mapReshape,
  Squeeze: mapSqueeze,
  Unsqueeze: mapUnsqueeze,
};

/**
 * The graph as layers, channels last, with a bias as a part of the layer before it.
 * Errors: unsupported-layer where a node cannot be said in layers, base-invalid.
 */
export function mapOnnx(graph: OnnxGraph): Network {
  const nodes = neededNodes(graph);
  const mapping = new Mapping(graph, nodes);
  addInput(graph, mapping);
  for (const node of nodes) {
    const [output = '', ...more] = node.outputs;
    const later = more.find((name) => name !== '' && mapping.takers(name).length > 0);
    if (later !== undefined) unsupportedNode(node, 'is taken a later output of');
    mapping.set(output, mapperOf(node)(node, mapping));
  }
  const last = mapping.get(graph.outputs[0] ?? '');
  if (last?.kind !== 'layer') {
    throw new GraftError('base-invalid', 'The output does not depend on the input');
  }
  const network = canonicalNetwork(mapping.builder.layers, last.position);
  inferShapes(network);
  return network;
}

function mapperOf(node: OnnxNode): NodeMapper {
  const mapper = Object.hasOwn(MAPPERS, node.op) ? MAPPERS[node.op] : undefined;
  return mapper ?? unsupportedNode(node, 'is of a kind that is not known');
}

function mapConstant(node: OnnxNode): GraphValue {
  return { kind: 'constant', tensor: constantOf(node) };
}

function constantOf(node: OnnxNode): WeightTensor {
  const tensor = node.attributes.get('value')?.tensor;
  if (tensor) return tensor;
  for (const key of ['value_int', 'value_float', 'value_ints', 'value_floats']) {
    const attribute = node.attributes.get(key);
    if (attribute === undefined) continue;
    const values = Float32Array.from([...attribute.integers, ...attribute.floats]);
    return { shape: key.endsWith('s') ? [values.length] : [], values };
  }
  return unsupportedNode(node, 'has no numbers');
}

/** Numbers of the types of real numbers. */
const REAL_TYPES: readonly number[] = [1, 10, 11];

/** To another type of real numbers; all of them are float32 here, and so are constants. */
function mapCast(node: OnnxNode, mapping: Mapping): GraphValue {
  const value = mapping.value(node, 0);
  const isReal = REAL_TYPES.includes(integerAttribute(node, 'to', 0));
  if (value.kind !== 'constant' && !isReal) unsupportedNode(node, 'rounds to whole numbers');
  return value;
}
