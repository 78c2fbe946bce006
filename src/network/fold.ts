import type { Layer, LayerKind, Network, Padding2d, TensorRole, WeightTensor } from './network.ts';

/** Zeros added on each side before the window moves. */
export interface SidePadding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

type FusedActivation = 'linear' | 'relu' | 'relu6';

interface Weighted {
  readonly kernel: WeightTensor;
  readonly bias: WeightTensor | null;
  readonly activation: FusedActivation;
}

type WindowSettings = Pick<Extract<LayerKind, { kind: 'conv2d' }>, 'strides' | 'dilations'>;

/** One operation of a network for inference; what a batch norm or a ReLU did is part of it. */
export type Step = { readonly inputs: readonly number[] } & (
  | ({
      readonly kind: 'conv2d' | 'depthwise-conv2d';
      readonly padding: Padding2d | SidePadding;
    } & WindowSettings &
      Weighted)
  | ({ readonly kind: 'dense' } & Weighted)
  /** `x * scale + shift` per channel: a batch norm that nothing could take in. */
  | { readonly kind: 'affine'; readonly scale: WeightTensor; readonly shift: WeightTensor }
  | Exclude<LayerKind, { kind: 'conv2d' | 'depthwise-conv2d' | 'dense' | 'batch-norm' | 'dropout' }>
);

/**
 * The network with the fewest operations that give the same answers: batch norms multiplied into the
 * kernel before them, ReLU and ReLU6 taken in by it, zero padding taken in by the convolution after it,
 * layers that do nothing left out. Inputs are positions of steps; the last step is the output.
 */
export function foldNetwork(network: Network): readonly Step[] {
  const steps: Step[] = [];
  /** Step that holds each layer's output. */
  const stepOf: number[] = [];
  const layers = withoutIdentities(network);
  const useCounts = countUses(layers);

  for (const [position, layer] of layers.entries()) {
    if (layer === null) continue;
    const inputs = layer.inputs.map((input) => stepOf[input] ?? 0);
    const [first = 0] = inputs;
    const producer = steps[first];
    const isOnlyUse = useCounts[layer.inputs[0] ?? 0] === 1;
    const merged = producer !== undefined && isOnlyUse ? mergeInto(producer, layer) : null;
    if (merged === null) stepOf[position] = appendSteps(steps, layer, inputs);
    else {
      steps[first] = merged;
      stepOf[position] = first;
    }
  }
  return steps;
}

/** The layers with dropout and linear activations as `null`, and the uses of those led past them. */
function withoutIdentities({ layers }: Network): (Layer | null)[] {
  const last = layers.length - 1;
  const source: number[] = [];
  return layers.map((layer, position) => {
    const inputs = layer.inputs.map((input) => source[input] ?? input);
    const isIdentity =
      layer.kind === 'dropout' || (layer.kind === 'activation' && layer.activation === 'linear');
    // The output stays a layer, so that the last step is always the output.
    const isDropped = isIdentity && position !== last;
    source[position] = isDropped ? (inputs[0] ?? 0) : position;
    return isDropped ? null : { ...layer, inputs };
  });
}

function countUses(layers: readonly (Layer | null)[]): number[] {
  const counts = layers.map(() => 0);
  for (const input of layers.flatMap((layer) => layer?.inputs ?? [])) {
    counts[input] = (counts[input] ?? 0) + 1;
  }
  return counts;
}

/** `producer` with `layer` as part of it, or `null` where that would change the answer. */
function mergeInto(producer: Step, layer: Layer): Step | null {
  if (producer.kind === 'zero-padding2d') return mergePadding(producer, layer);
  if (!('kernel' in producer) || producer.activation !== 'linear') return null;
  if (layer.kind === 'batch-norm') return foldBatchNorm(producer, layer);
  if (layer.kind !== 'activation' || !isFused(layer.activation)) return null;
  return { ...producer, activation: layer.activation };
}

function mergePadding(
  producer: Extract<Step, { kind: 'zero-padding2d' }>,
  layer: Layer,
): Step | null {
  const isConvolution = layer.kind === 'conv2d' || layer.kind === 'depthwise-conv2d';
  if (!isConvolution || layer.padding !== 'valid' || !isFused(layer.activation)) return null;
  const [top, bottom, left, right] = producer.padding;
  const padding = { top, bottom, left, right };
  return { ...convolutionStep(layer, producer.inputs), padding, activation: layer.activation };
}

/** Adds what the layer needs, its own activation last, and gives the position of its output. */
function appendSteps(steps: Step[], layer: Layer, inputs: readonly number[]): number {
  switch (layer.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return appendActivated(steps, convolutionStep(layer, inputs), layer.activation);
    case 'dense':
      return appendActivated(
        steps,
        { kind: 'dense', inputs, ...weightsOf(layer) },
        layer.activation,
      );
    case 'batch-norm':
      return steps.push({ kind: 'affine', inputs, ...affineOf(layer) }) - 1;
    case 'dropout':
      return steps.push({ kind: 'activation', activation: 'linear', inputs }) - 1;
    case 'input':
    case 'activation':
    case 'zero-padding2d':
    case 'max-pooling2d':
    case 'average-pooling2d':
    case 'global-average-pooling2d':
    case 'add':
    case 'flatten':
    case 'reshape':
      return steps.push({ ...layer, inputs }) - 1;
  }
}

function appendActivated(
  steps: Step[],
  step: Extract<Step, Weighted>,
  activation: Extract<LayerKind, { kind: 'activation' }>['activation'],
): number {
  if (isFused(activation)) return steps.push({ ...step, activation }) - 1;
  const position = steps.push(step) - 1;
  return steps.push({ kind: 'activation', activation, inputs: [position] }) - 1;
}

function isFused(activation: string): activation is FusedActivation {
  return activation === 'linear' || activation === 'relu' || activation === 'relu6';
}

function convolutionStep(
  layer: Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' }>,
  inputs: readonly number[],
): Extract<Step, { kind: 'conv2d' | 'depthwise-conv2d' }> {
  const { kind, strides, dilations, padding } = layer;
  return { kind, strides, dilations, padding, inputs, ...weightsOf(layer) };
}

function weightsOf({ tensors, name }: Layer): Weighted {
  if (tensors.kernel === undefined) throw new RangeError(`The layer ${name} has no kernel`);
  return { kernel: tensors.kernel, bias: tensors.bias ?? null, activation: 'linear' };
}

/** Batch norm as `x * scale + shift`, per channel. */
function affineOf(layer: Extract<Layer, { kind: 'batch-norm' }>) {
  const numChannels = layer.tensors.mean?.values.length ?? 0;
  const valuesOf = (role: TensorRole, fallback: number) =>
    layer.tensors[role]?.values ?? new Float32Array(numChannels).fill(fallback);
  const [gamma, beta, mean, variance] = [
    valuesOf('gamma', 1),
    valuesOf('beta', 0),
    valuesOf('mean', 0),
    valuesOf('variance', 1),
  ];
  const scale = gamma.map((factor, i) => factor / Math.sqrt((variance[i] ?? 1) + layer.epsilon));
  const shift = beta.map((offset, i) => offset - (mean[i] ?? 0) * (scale[i] ?? 1));
  const shape = [numChannels];
  return { scale: { shape, values: scale }, shift: { shape, values: shift } };
}

function foldBatchNorm(
  producer: Extract<Step, Weighted>,
  layer: Extract<Layer, { kind: 'batch-norm' }>,
): Step {
  const { kernel, bias } = producer;
  const { scale, shift } = affineOf(layer);
  // In every kind of kernel the output channels lie innermost; a depthwise one counts [in, multiplier].
  const factors = scale.values;
  const numChannels = factors.length;
  const values = kernel.values.map((value, i) => value * (factors[i % numChannels] ?? 1));
  const oldOffset = bias?.values;
  const offset = shift.values.map((b, i) => b + (oldOffset?.[i] ?? 0) * (factors[i] ?? 1));
  return {
    ...producer,
    kernel: { shape: kernel.shape, values },
    bias: { shape: [numChannels], values: offset },
  };
}
