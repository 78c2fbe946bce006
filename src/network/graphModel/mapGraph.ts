import { canonicalNetwork } from '../canonicalNetwork.ts';
import { inferShapes } from '../inferShapes.ts';
import type { Network, WeightTensor } from '../network.ts';
import { mapActivation } from './activationNodes.ts';
import { mapArithmetic, mapBiasAdd, mapJoin } from './arithmeticNodes.ts';
import { unsupportedNode } from './attributes.ts';
import { statedShape, type Graph, type GraphNode } from './graphNodes.ts';
import { Mapping, type GraphValue } from './mapping.ts';
import {
  mapConcatenation,
  mapCropping,
  mapGlobalPooling,
  mapPadding,
  mapPooling,
  mapReshape,
  mapResize,
  mapSqueeze,
} from './shapeNodes.ts';
import { mapBatchNorm, mapConvolution, mapMatMul } from './weightedNodes.ts';

type NodeMapper = (node: GraphNode, mapping: Mapping) => GraphValue;

const passOn: NodeMapper = (node, mapping) => mapping.value(node, 0);
const takeSizes: NodeMapper = () => 'sizes';

const MAPPERS: Readonly<Record<string, NodeMapper>> = {
  Placeholder: mapInput,
  Identity: passOn,
  StopGradient: passOn,
  Conv2D: mapConvolution,
  _FusedConv2D: mapConvolution,
  DepthwiseConv2dNative: mapConvolution,
  FusedDepthwiseConv2dNative: mapConvolution,
  MatMul: mapMatMul,
  _FusedMatMul: mapMatMul,
  BatchMatMulV2: mapMatMul,
  BiasAdd: mapBiasAdd,
  FusedBatchNorm: mapBatchNorm,
  FusedBatchNormV2: mapBatchNorm,
  FusedBatchNormV3: mapBatchNorm,
  Add: mapArithmetic,
  AddV2: mapArithmetic,
  AddN: mapJoin,
  Sub: mapArithmetic,
  Mul: mapArithmetic,
  RealDiv: mapArithmetic,
  Relu: mapActivation,
  Relu6: mapActivation,
  Elu: mapActivation,
  Selu: mapActivation,
  Sigmoid: mapActivation,
  Softplus: mapActivation,
  Tanh: mapActivation,
  Softmax: mapActivation,
  Gelu: mapActivation,
  HardSwish: mapActivation,
  LeakyRelu: mapActivation,
  Prelu: mapActivation,
  MaxPool: mapPooling,
  AvgPool: mapPooling,
  Mean: mapGlobalPooling,
  Max: mapGlobalPooling,
  Pad: mapPadding,
  PadV2: mapPadding,
  Slice: mapCropping,
  ResizeNearestNeighbor: mapResize,
  ResizeBilinear: mapResize,
  ConcatV2: mapConcatenation,
  Squeeze: mapSqueeze,
  Reshape: mapReshape,
  // How Keras makes a shape for Reshape; see there.
  Shape: takeSizes,
  StridedSlice: takeSizes,
  Pack: takeSizes,
};

/**
 * The graph as layers. A fused node becomes the layers that it was made of, and a bias part of the layer
 * before it, so that a graph comes out the same whether it was fused or not.
 * Errors: unsupported-layer where a node cannot be said in layers, base-invalid.
 */
export function mapGraph(graph: Graph, constants: ReadonlyMap<string, WeightTensor>): Network {
  const mapping = new Mapping(graph);
  let last: GraphValue = 'sizes';
  for (const node of graph.nodes.values()) {
    if (node.takesLaterOutput) unsupportedNode(node, 'takes a later output of a node');
    last = constantOf(node, constants) ?? mapperOf(node)(node, mapping);
    mapping.set(node, last);
  }
  if (typeof last !== 'number')
    return unsupportedNode(graph.output, 'does not depend on the input');
  const network = canonicalNetwork(mapping.builder.layers, last);
  inferShapes(network);
  return network;
}

function constantOf(
  node: GraphNode,
  constants: ReadonlyMap<string, WeightTensor>,
): WeightTensor | null {
  if (node.op !== 'Const') return null;
  return constants.get(node.name) ?? unsupportedNode(node, 'has no values among the weights');
}

function mapperOf(node: GraphNode): NodeMapper {
  const mapper = Object.hasOwn(MAPPERS, node.op) ? MAPPERS[node.op] : undefined;
  return mapper ?? unsupportedNode(node, 'is of a kind that is not known');
}

function mapInput(node: GraphNode, mapping: Mapping): number {
  if (mapping.builder.layers.length > 0) unsupportedNode(node, 'is a second input');
  const shape = statedShape(node);
  if (shape === null) return unsupportedNode(node, 'does not state its shape');
  return mapping.builder.add({ kind: 'input', shape }, node.name, []);
}
