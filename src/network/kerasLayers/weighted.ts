import { asFlag, asSize, asSizePair } from '../jsonChecks.ts';
import type { LayerKind } from '../network.ts';
import { readActivationLayers } from './activations.ts';
import {
  plain,
  readPadding,
  requireChannelsLast,
  unsupported,
  where,
  type LayerDescription,
  type LayerSource,
  type LayerVariable,
} from './layerSource.ts';

export function readConv2d(source: LayerSource): readonly LayerDescription[] {
  const filters = asSize(source.config['filters'], where(source, 'filters'));
  if ((source.config['groups'] ?? 1) !== 1) unsupported(source, 'has groups');
  const variables: LayerVariable[] = [
    { name: 'kernel', role: 'kernel', shape: [...readKernelSize(source), null, filters] },
    ...biasVariable(source, filters),
  ];
  const settings = { kind: 'conv2d', ...readWindow(source), activation: 'linear' } as const;
  return withActivation(source, { settings, variables });
}

export function readDepthwiseConv2d(source: LayerSource): readonly LayerDescription[] {
  const name = source.kerasVersion === 3 ? 'kernel' : 'depthwise_kernel';
  const shape = [...readKernelSize(source), null, readMultiplier(source)];
  const variables: LayerVariable[] = [
    { name, role: 'kernel', shape },
    ...biasVariable(source, null),
  ];
  return withActivation(source, { settings: depthwiseSettings(source), variables });
}

/** A depthwise convolution and one of 1 × 1 after it, which has the bias. */
export function readSeparableConv2d(source: LayerSource): readonly LayerDescription[] {
  const filters = asSize(source.config['filters'], where(source, 'filters'));
  const depthwise = [...readKernelSize(source), null, readMultiplier(source)];
  const variables: LayerVariable[] = [
    { name: 'depthwise_kernel', role: 'kernel', shape: depthwise },
    { name: 'pointwise_kernel', role: 'kernel', shape: [1, 1, null, filters] },
    ...biasVariable(source, filters),
  ];
  const only = (isOwn: (index: number) => boolean) =>
    variables.map((variable, index) => (isOwn(index) ? variable : { ...variable, role: null }));
  const pointwise = {
    kind: 'conv2d',
    strides: [1, 1],
    dilations: [1, 1],
    padding: 'valid',
    activation: 'linear',
  } as const;
  return [
    { settings: depthwiseSettings(source), variables: only((index) => index === 0) },
    ...withActivation(source, { settings: pointwise, variables: only((index) => index > 0) }),
  ];
}

export function readDense(source: LayerSource): readonly LayerDescription[] {
  const units = asSize(source.config['units'], where(source, 'units'));
  const variables: LayerVariable[] = [
    { name: 'kernel', role: 'kernel', shape: [null, units] },
    ...biasVariable(source, units),
  ];
  return withActivation(source, { settings: { kind: 'dense', activation: 'linear' }, variables });
}

type Activated = Extract<LayerKind, { kind: 'conv2d' | 'depthwise-conv2d' | 'dense' }>;

/** The layer with its own activation as part of it, or as layers after it where it has settings. */
function withActivation(
  source: LayerSource,
  { settings, variables }: LayerDescription & { readonly settings: Activated },
): readonly LayerDescription[] {
  const layers = readActivationLayers(source.config['activation'], source);
  const [only] = layers;
  if (only?.kind === 'activation' && layers.length === 1) {
    return [{ settings: { ...settings, activation: only.activation }, variables }];
  }
  return [{ settings, variables }, ...layers.map((each) => plain(each))];
}

function depthwiseSettings(source: LayerSource) {
  return { kind: 'depthwise-conv2d', ...readWindow(source), activation: 'linear' } as const;
}

function readWindow(source: LayerSource) {
  requireChannelsLast(source);
  const { config } = source;
  const strides = asSizePair(config['strides'] ?? 1, where(source, 'strides'));
  const dilations = asSizePair(config['dilation_rate'] ?? 1, where(source, 'dilation_rate'));
  return { strides, dilations, padding: readPadding(source) };
}

function readKernelSize(source: LayerSource): readonly [number, number] {
  return asSizePair(source.config['kernel_size'], where(source, 'kernel_size'));
}

function readMultiplier(source: LayerSource): number {
  return asSize(source.config['depth_multiplier'] ?? 1, where(source, 'depth_multiplier'));
}

function biasVariable(source: LayerSource, size: number | null): LayerVariable[] {
  const hasBias = asFlag(source.config['use_bias'] ?? true, where(source, 'use_bias'));
  return hasBias ? [{ name: 'bias', role: 'bias', shape: [size] }] : [];
}
