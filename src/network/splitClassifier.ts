import { GraftError } from '../domain/errors.ts';
import type { HeadWeights, HiddenWeights } from '../domain/head.ts';
import { HEAD_CONFIG_LIMITS } from '../domain/headConfig.ts';
import { HIDDEN_ACTIVATIONS, type HiddenActivation } from '../domain/hiddenActivation.ts';
import { cutNetwork } from './compose.ts';
import { inferShapes } from './inferShapes.ts';
import type { ActivationKind, Layer, Network } from './network.ts';

/** A classifier in two: what makes a row of numbers of a photo, and the dense layers that answer from it. */
export interface SplitClassifier {
  /** Pooled or flattened: [batch, activationSize]. */
  readonly rows: Network;
  /** Read from the file at each access. */
  readonly head: HeadWeights;
}

type Dense = Extract<Layer, { kind: 'dense' }>;

interface FoundDense {
  readonly layer: Dense;
  /** Its own, or that of a layer behind it. */
  readonly activation: ActivationKind;
}

interface HiddenDense {
  readonly layer: Dense;
  readonly activation: HiddenActivation;
}

/**
 * Every way to take the head off a classifier, the smallest head first: its softmax layer alone, then
 * with one hidden layer after the other. Empty where it does not end in a dense softmax of two classes
 * or more. Errors: base-invalid.
 */
export function splitClassifier(whole: Network): readonly SplitClassifier[] {
  const shapes = inferShapes(whole);
  const output = denseAt(whole, whole.layers.length - 1);
  if (output?.activation !== 'softmax' || sizeOf(output) < 2) return [];
  const splits: SplitClassifier[] = [];
  const hidden: HiddenDense[] = [];
  let first = output.layer;
  for (;;) {
    const input = beforeDropouts(whole, first.inputs[0] ?? 0);
    if (shapes[input]?.length !== 1) return splits;
    splits.push(splitAt(cutNetwork(whole, input), [...hidden], output.layer));
    const next = denseAt(whole, input);
    const activation = HIDDEN_ACTIVATIONS.find((kind) => kind === next?.activation);
    const isFull = hidden.length === HEAD_CONFIG_LIMITS.hiddenLayers.max;
    if (next === null || activation === undefined || isFull) return splits;
    if (sizeOf(next) > HEAD_CONFIG_LIMITS.units.max) return splits;
    hidden.unshift({ layer: next.layer, activation });
    first = next.layer;
  }
}

function splitAt(rows: Network, hidden: readonly HiddenDense[], output: Dense): SplitClassifier {
  const hiddenWeights = ({ layer, activation }: HiddenDense): HiddenWeights => ({
    ...weightsOf(layer),
    activation,
  });
  return {
    rows,
    get head() {
      return {
        ...weightsOf(output),
        ...(hidden.length > 0 && { hidden: hidden.map(hiddenWeights) }),
      };
    },
  };
}

/** The dense layer whose answer, activated, is what the layer at `position` gives. */
function denseAt({ layers }: Network, position: number): FoundDense | null {
  const layer = layers[position];
  if (layer?.kind === 'dense') return { layer, activation: layer.activation };
  if (layer?.kind !== 'activation') return null;
  const before = layers[layer.inputs[0] ?? 0];
  const isPlain = before?.kind === 'dense' && before.activation === 'linear';
  return isPlain ? { layer: before, activation: layer.activation } : null;
}

function beforeDropouts({ layers }: Network, position: number): number {
  let before = position;
  while (layers[before]?.kind === 'dropout') before = layers[before]?.inputs[0] ?? 0;
  return before;
}

function sizeOf({ layer }: FoundDense): number {
  return layer.tensors.kernel?.shape[1] ?? 0;
}

/** Copies, since a tensor's values may be a view of the file. Teachable Machine's last layer has no bias. */
function weightsOf({ name, tensors: { kernel, bias } }: Dense) {
  if (kernel === undefined) {
    throw new GraftError('base-invalid', `The layer ${name} has no kernel`, { layer: name });
  }
  const numOutputs = kernel.shape[1] ?? 0;
  return {
    kernel: Float32Array.from(kernel.values),
    bias: bias === undefined ? new Float32Array(numOutputs) : Float32Array.from(bias.values),
  };
}
