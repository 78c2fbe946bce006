import type { HeadWeights, TunedTensor } from '../../domain/head.ts';
import { HEAD_CONFIG_LIMITS } from '../../domain/headConfig.ts';
import { HIDDEN_ACTIVATIONS } from '../../domain/hiddenActivation.ts';
import { TENSOR_ROLES } from '../../domain/tensorRole.ts';
import type { ByteSource } from '../byteSource.ts';
import { asCount, asRecord, asText } from '../jsonChecks.ts';
import { readHeader, refuseTensor, type TensorPlace } from '../safetensors/header.ts';
import { tensorAt } from '../safetensors/tensorValues.ts';
import { refuseArchitecture } from './architectureFile.ts';

/** The tensors of a safetensors file, each to be taken once, so that no JSON asks for more than the file has. */
export class HeadTensors {
  readonly #source: ByteSource;
  readonly #left: Map<string, TensorPlace>;

  /** Errors: base-invalid {file} or {tensor}. */
  constructor(source: ByteSource) {
    this.#source = source;
    this.#left = new Map(readHeader(source).tensors);
  }

  /** Copies, since a tensor's values may be a view of the file. */
  take(entry: unknown): { readonly shape: readonly number[]; readonly values: Float32Array } {
    const name = asText(asRecord(entry, 'A tensor')['name'], 'The name of a tensor');
    const place = this.#left.get(name);
    if (place === undefined) return refuseTensor(name, 'is missing, or named twice');
    this.#left.delete(name);
    const { shape, values } = tensorAt(this.#source, place);
    return { shape, values: Float32Array.from(values) };
  }
}

/** The layers of `head`, from the activations upwards, the last of which is a softmax. */
export function readHead(entries: readonly unknown[], tensors: HeadTensors): HeadWeights {
  if (entries.length > HEAD_CONFIG_LIMITS.hiddenLayers.max + 1) refuseArchitecture('head');
  const layers = entries.map((entry) => readLayer(entry, tensors));
  const output = layers.pop();
  if (output?.activation !== 'softmax' || output.weights.bias.length < 2) {
    return refuseArchitecture('head');
  }
  const hidden = layers.map(({ activation, weights }) => {
    const known = HIDDEN_ACTIVATIONS.find((kind) => kind === activation);
    return { ...weights, activation: known ?? refuseArchitecture('head') };
  });
  return { ...output.weights, ...(hidden.length > 0 && { hidden }) };
}

function readLayer(entry: unknown, tensors: HeadTensors) {
  const { activation, ...layer } = asRecord(entry, 'A layer of the head');
  const { kernel, bias } = asRecord(layer['tensors'], 'tensors of a layer');
  const [weights, biases] = [tensors.take(kernel), tensors.take(bias)];
  const [numInputs = 0, numUnits] = weights.shape;
  const isDense = weights.shape.length === 2 && biases.shape.join() === String(numUnits);
  if (!isDense || numInputs === 0) refuseArchitecture('head');
  return { activation, weights: { kernel: weights.values, bias: biases.values } };
}

/** An entry of `tunedLayers`. */
export function readTuned(entry: unknown, tensors: HeadTensors): TunedTensor[] {
  const layer = asRecord(entry, 'A tuned layer');
  const position = asCount(layer['position'], 'position of a tuned layer');
  const parts = Object.entries(asRecord(layer['tensors'], 'tensors of a tuned layer'));
  return parts.map(([name, tensor]) => {
    const role = TENSOR_ROLES.find((known) => known === name) ?? refuseArchitecture('tunedLayers');
    return { position, role, ...tensors.take(tensor) };
  });
}
