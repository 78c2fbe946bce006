import { asNumber, asRecord, asText } from '../jsonChecks.ts';
import type { ActivationKind, LayerKind } from '../network.ts';
import {
  plain,
  unsupported,
  where,
  type LayerDescription,
  type LayerSource,
} from './layerSource.ts';

const LINEAR = { kind: 'activation', activation: 'linear' } as const;

const ACTIVATIONS: Readonly<Record<string, ActivationKind>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  softplus: 'softplus',
  gelu: 'gelu',
  swish: 'swish',
  silu: 'swish',
  hard_swish: 'hard-swish',
  hard_silu: 'hard-swish',
};

/** Layers that do nothing but activate, each as the layers that stand for it. */
const ACTIVATION_LAYERS: Readonly<Record<string, (source: LayerSource) => readonly LayerKind[]>> = {
  ReLU: readReLU,
  LeakyReLU: (source) => [leakyRelu(source, 0.3)],
  ELU: (source) =>
    readOptional(source, 'alpha', 1) === 1
      ? [{ kind: 'activation', activation: 'elu' }]
      : unsupported(source, 'has an alpha other than 1'),
};

/** Reads a layer that is an activation; `null` if it is none. */
export function readActivationLayer(source: LayerSource): readonly LayerDescription[] | null {
  const { className, config } = source;
  if (className === 'Activation') {
    const layers = readActivationLayers(config['activation'], source);
    return (layers.length > 0 ? layers : [LINEAR]).map((each) => plain(each));
  }
  if (className === 'PReLU') {
    const alpha = { name: 'alpha', role: 'alpha', shape: [] } as const;
    return [{ settings: { kind: 'prelu' }, variables: [alpha] }];
  }
  return knownLayer(source)?.map((each) => plain(each)) ?? null;
}

function knownLayer(source: LayerSource): readonly LayerKind[] | null {
  const { className } = source;
  const read = Object.hasOwn(ACTIVATION_LAYERS, className) ? ACTIVATION_LAYERS[className] : null;
  return read?.(source) ?? null;
}

/**
 * The layers that an `activation` setting of `source` stands for, none for linear. It may be a name,
 * a function's name in an object, or a layer.
 */
export function readActivationLayers(value: unknown, source: LayerSource): readonly LayerKind[] {
  const name = where(source, 'activation');
  if (typeof value !== 'object' || value === null) {
    return namedActivation(asText(value ?? 'linear', name), source);
  }
  const { class_name: givenClass, config } = asRecord(value, name);
  const className = asText(givenClass, name);
  if (typeof config === 'string') return namedActivation(config, source);
  const layer = { ...source, config: asRecord(config ?? {}, name) };
  return (
    knownLayer({ ...layer, className }) ??
    unsupported(source, `has the activation ${className}, which is not known`)
  );
}

/** An activation by Keras' name for its function. */
export function namedActivation(name: string, source: LayerSource): readonly LayerKind[] {
  if (name === 'leaky_relu') return [leakyRelu({ ...source, config: {} }, 0.2)];
  if (name === 'hard_sigmoid') {
    const activation = source.kerasVersion === 3 ? 'hard-sigmoid' : 'hard-sigmoid-keras2';
    return [{ kind: 'activation', activation }];
  }
  const activation = Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (activation === undefined) {
    return unsupported(source, `has the activation ${name}, which is not known`);
  }
  return activation === 'linear' ? [] : [{ kind: 'activation', activation }];
}

function readReLU(source: LayerSource): readonly LayerKind[] {
  const slope = readOptional(source, 'negative_slope', 0);
  const maxValue = readOptional(source, 'max_value', Infinity);
  if (readOptional(source, 'threshold', 0) !== 0) unsupported(source, 'has a threshold');
  if (maxValue === Infinity) {
    return slope === 0
      ? [{ kind: 'activation', activation: 'relu' }]
      : [{ kind: 'leaky-relu', alpha: slope }];
  }
  if (slope !== 0) unsupported(source, 'has both a slope and a largest value');
  if (maxValue <= 0) unsupported(source, 'has a largest value that is not above 0');
  const relu6 = { kind: 'activation', activation: 'relu6' } as const;
  if (maxValue === 6) return [relu6];
  return [scaling(6 / maxValue), relu6, scaling(maxValue / 6)];
}

function scaling(factor: number): LayerKind {
  return { kind: 'rescaling', scale: [factor], offset: [0] };
}

/** Keras 2 calls the slope `alpha`, Keras 3 `negative_slope`. */
export function leakyRelu(source: LayerSource, defaultSlope: number): LayerKind {
  const slope = readOptional(source, 'negative_slope', readOptional(source, 'alpha', defaultSlope));
  return { kind: 'leaky-relu', alpha: slope };
}

function readOptional(source: LayerSource, field: string, fallback: number): number {
  const value = source.config[field] ?? null;
  return value === null ? fallback : asNumber(value, where(source, field));
}
