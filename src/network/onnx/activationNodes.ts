import type { ActivationKind } from '../network.ts';
import { integerAttribute, realAttribute, textAttribute, unsupportedNode } from './attributes.ts';
import { alignedConstant, type LayerValue, type Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';

const PLAIN: Readonly<Record<string, ActivationKind>> = {
  Relu: 'relu',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Softplus: 'softplus',
  HardSwish: 'hard-swish',
};

/** Constants are float32. */
const ROUNDING = 1e-5;

/** A node that applies a function without settings to each value. */
export function mapActivation(node: OnnxNode, mapping: Mapping): LayerValue {
  const activation = PLAIN[node.op] ?? unsupportedNode(node, 'is of a kind that is not known');
  return add(node, mapping, activation);
}

export function mapElu(node: OnnxNode, mapping: Mapping): LayerValue {
  requireSetting(node, 'alpha', 1, 1);
  return add(node, mapping, 'elu');
}

export function mapSelu(node: OnnxNode, mapping: Mapping): LayerValue {
  requireSetting(node, 'alpha', SELU.alpha, SELU.alpha);
  requireSetting(node, 'gamma', SELU.gamma, SELU.gamma);
  return add(node, mapping, 'selu');
}

const SELU = { alpha: 1.6732632, gamma: 1.050701 };

export function mapGelu(node: OnnxNode, mapping: Mapping): LayerValue {
  if (textAttribute(node, 'approximate', 'none') !== 'none')
    unsupportedNode(node, 'is approximate');
  return add(node, mapping, 'gelu');
}

/** Of Keras 2, with a slope of a fifth, or of Keras 3 and PyTorch, with a sixth. */
export function mapHardSigmoid(node: OnnxNode, mapping: Mapping): LayerValue {
  requireSetting(node, 'beta', 0.5, 0.5);
  const isSixth = Math.abs(realAttribute(node, 'alpha', 0.2) - 1 / 6) < ROUNDING;
  if (!isSixth) requireSetting(node, 'alpha', 0.2, 0.2);
  return add(node, mapping, isSixth ? 'hard-sigmoid' : 'hard-sigmoid-keras2');
}

/** Clip between 0 and 6, or from 0 on. */
export function mapClip(node: OnnxNode, mapping: Mapping): LayerValue {
  const bound = (index: number, key: string, fallback: number) =>
    mapping.numbers(node, index)?.[0] ?? realAttribute(node, key, fallback);
  const [min, max] = [bound(1, 'min', -Infinity), bound(2, 'max', Infinity)];
  // Exporters write the largest float32 for no bound.
  if (min !== 0 || (max !== 6 && max < 1e38)) unsupportedNode(node, 'is neither ReLU nor ReLU6');
  return add(node, mapping, max === 6 ? 'relu6' : 'relu');
}

export function mapLeakyRelu(node: OnnxNode, mapping: Mapping): LayerValue {
  const alpha = realAttribute(node, 'alpha', 0.01);
  return mapping.add(node, { kind: 'leaky-relu', alpha }, [mapping.layer(node, 0)]);
}

export function mapPRelu(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.layer(node, 0);
  const rank = mapping.builder.shape(value.position).length;
  const alpha = alignedConstant(mapping.constant(node, 1), value, rank);
  if (alpha === null) return unsupportedNode(node, 'has slopes for other values');
  return mapping.add(node, { kind: 'prelu' }, [value], { alpha });
}

/** Operator sets before it have a softmax go over all values from its axis on. */
const SOFTMAX_OF_ONE_AXIS = 13;

/** Over the channels, wherever they are. */
export function mapSoftmax(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.layer(node, 0);
  const sizes = mapping.sizes(value);
  const rank = sizes.length + 1;
  const isOld = mapping.operatorSet < SOFTMAX_OF_ONE_AXIS;
  const stated = integerAttribute(node, 'axis', isOld ? 1 : -1);
  const axis = stated < 0 ? stated + rank : stated;
  const goesOn = isOld && sizes.slice(axis).some((size) => size !== 1);
  if (axis !== (value.isChannelsFirst ? 1 : rank - 1) || goesOn) {
    unsupportedNode(node, 'is not over the channels');
  }
  return add(node, mapping, 'softmax');
}

function add(node: OnnxNode, mapping: Mapping, activation: ActivationKind): LayerValue {
  return mapping.add(node, { kind: 'activation', activation }, [mapping.layer(node, 0)]);
}

function requireSetting(node: OnnxNode, key: string, fallback: number, wanted: number): void {
  const value = realAttribute(node, key, fallback);
  if (Math.abs(value - wanted) > ROUNDING) unsupportedNode(node, `has another ${key}`);
}
