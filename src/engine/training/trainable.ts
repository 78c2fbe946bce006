import * as tf from '@tensorflow/tfjs-core';
import { createRandom, type Random } from '../../domain/random.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import type { Layer, Network, TensorRole, WeightTensor } from '../../network/network.ts';
import { given } from '../boundStep.ts';
import { bindLayer, type LayerOptions } from './bindLayer.ts';
import type { LayerOperation } from './layerOperation.ts';
import { layersAbove } from './layersAbove.ts';
import { registerGradients } from './registerGradients.ts';
import { TensorHoldings } from './tensorHoldings.ts';

export interface TrainableOptions extends LayerOptions {
  /** Of the network: [height, width, channels] or [size]. */
  readonly inputShape: readonly number[];
}

export interface TrainedVariable {
  /** Layer in the network that `createTrainable` was given. */
  readonly position: number;
  readonly role: TensorRole;
  readonly variable: tf.Variable;
}

/** The part of a network that is being trained, on the backend that was active when it was made. */
export interface Trainable {
  /** What an optimiser is to change, in the order of the layers. */
  readonly variables: readonly TrainedVariable[];
  /**
   * Logits [numPhotos, numClasses], as the network predicts. A row of `activations` is what the layers
   * at `positions` put out for one photo, flattened, in the order of `positions`. Caller disposes.
   */
  readonly predict: (activations: tf.Tensor2D) => tf.Tensor2D;
  /**
   * The same in a training pass, to be differentiated: batch norms that are trained go by the batch and
   * follow it, and `seed` says what dropout drops.
   */
  readonly train: (activations: tf.Tensor2D, seed: number) => tf.Tensor2D;
  /** The network with the weights as they are now; all other layers and tensors are the same objects. */
  readonly readNetwork: () => Promise<Network>;
  /** Frees the variables. Caller does this before leaving the backend. */
  readonly dispose: () => void;
}

/**
 * Makes everything between the layers at `positions` and the output trainable, starting from the
 * network's weights. A softmax that ends the network is left out of the passes.
 * Errors: cut-not-trainable {layer} if the output also depends on something beside these layers, or on a
 * layer that has no gradient.
 */
export function createTrainable(
  network: Network,
  { positions }: { readonly positions: readonly number[] },
  options: TrainableOptions,
): Trainable {
  registerGradients();
  const above = layersAbove(network, positions);
  const shapes = inferShapes(network, options.inputShape);
  const cutShapes = positions.map((position) => (shapes[position] ?? []).map((size) => size ?? 1));
  const holdings = new TensorHoldings();
  const operations = bindLayers(network, above, options, holdings);

  const forward = (activations: tf.Tensor2D, random: Random | null) =>
    tf.tidy(() => {
      const outputs: tf.Tensor[] = [];
      for (const [i, part] of splitRows(activations, cutShapes).entries()) {
        outputs[positions[i] ?? 0] = part;
      }
      const output = runLayers(network, operations, outputs, random);
      return tf.reshape<tf.Rank.R2>(output, [activations.shape[0], -1]);
    });
  return {
    variables: [...operations].flatMap(([position, { variables }]) =>
      Object.entries(variables)
        .map(([role, variable]) => ({ position, role: role as TensorRole, variable }))
        .filter(({ variable }) => variable.trainable),
    ),
    predict: (activations) => forward(activations, null),
    train: (activations, seed) => forward(activations, createRandom(seed)),
    readNetwork: () => readNetwork(network, operations),
    dispose: () => holdings.dispose(),
  };
}

type Operations = ReadonlyMap<number, LayerOperation>;

function bindLayers(
  { layers }: Network,
  above: readonly number[],
  options: LayerOptions,
  holdings: TensorHoldings,
): Operations {
  try {
    return new Map(
      above.map((position) => {
        const layer = layers[position] as Exclude<Layer, { kind: 'input' }>;
        const isLast = position === layers.length - 1;
        return [position, bindLayer(isLast ? withoutSoftmax(layer) : layer, options, holdings)];
      }),
    );
  } catch (thrown) {
    holdings.dispose();
    throw thrown;
  }
}

function withoutSoftmax<Kind extends Layer>(layer: Kind): Kind {
  const isSoftmax = 'activation' in layer && layer.activation === 'softmax';
  return isSoftmax ? { ...layer, activation: 'linear' } : layer;
}

function splitRows(rows: tf.Tensor2D, shapes: readonly (readonly number[])[]): tf.Tensor[] {
  let start = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((product, each) => product * each, 1);
    const part = shapes.length > 1 ? tf.slice(rows, [0, start], [-1, size]) : rows;
    start += size;
    return tf.reshape(part, [rows.shape[0], ...shape]);
  });
}

/** `outputs` has those of the cut, by position; each is freed after its last use. */
function runLayers(
  { layers }: Network,
  operations: Operations,
  outputs: tf.Tensor[],
  random: Random | null,
): tf.Tensor {
  const lastUses: number[] = [];
  for (const position of operations.keys()) {
    for (const input of layers[position]?.inputs ?? []) lastUses[input] = position;
  }
  for (const [position, operation] of operations) {
    const inputs = layers[position]?.inputs ?? [];
    outputs[position] = operation.apply(
      inputs.map((input) => given(outputs[input])),
      random,
    );
    for (const input of new Set(inputs)) {
      if (lastUses[input] === position) outputs[input]?.dispose();
    }
  }
  return given(outputs[layers.length - 1]);
}

async function readNetwork({ layers }: Network, operations: Operations): Promise<Network> {
  const read = async (layer: Layer, position: number): Promise<Layer> => {
    const variables = Object.entries(operations.get(position)?.variables ?? {});
    if (variables.length === 0) return layer;
    const tensors = await Promise.all(
      variables.map(async ([role, variable]) => [role, await readTensor(variable)] as const),
    );
    return { ...layer, tensors: { ...layer.tensors, ...Object.fromEntries(tensors) } };
  };
  return { layers: await Promise.all(layers.map(read)) };
}

async function readTensor(variable: tf.Variable): Promise<WeightTensor> {
  // A copy: plain JavaScript hands out the variable's own memory.
  const values = (await variable.data<'float32'>()).slice();
  return { shape: [...variable.shape], values };
}
