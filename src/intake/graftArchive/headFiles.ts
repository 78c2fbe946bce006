import {
  activationSizeOf,
  type Head,
  type HeldOutOutcomes,
  type TunedTensor,
} from '../../domain/head.ts';
import { HIDDEN_ACTIVATIONS, type HiddenActivation } from '../../domain/hiddenActivation.ts';
import { HEAD_CONFIG_LIMITS } from '../../domain/headConfig.ts';
import type { HeadId, RunId, SampleId } from '../../domain/ids.ts';
import { TENSOR_ROLES } from '../../domain/tensorRole.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { fieldsOf, hashOf, idOf, listOf, oneOf, refuse, wholeOf, type Found } from './checks.ts';
import { MAX_POSITION } from './readCut.ts';
import { MAX_SAMPLES } from './readProject.ts';

const BYTES_PER_VALUE = 4;
const MAX_ACTIVATION_SIZE = 10_000_000;
const MAX_TUNED_TENSORS = 10_000;
const MAX_RANK = 4;
const MAX_SIDE = 2 ** 28;

/** `heads/<id>.json`. The classifier is not in it: it is that of the run. */
export function headJson({ id, runId, weights, tuned, heldOut }: Head): object {
  const { sampleIds, imageHashes, parts, trueIndices } = heldOut;
  const hidden = weights.hidden?.map(({ bias, activation }) => ({
    units: bias.length,
    activation,
  }));
  return {
    id,
    runId,
    activationSize: activationSizeOf(weights),
    ...(hidden && { hidden }),
    ...(tuned && { tuned: tuned.map(({ position, role, shape }) => ({ position, role, shape })) }),
    heldOut: { sampleIds, imageHashes, parts, trueIndices },
  };
}

/**
 * `heads/<id>.bin`: kernel and bias of each layer, tuned tensors, held-out probabilities, end to end,
 * as little-endian float32.
 */
export function headBytes({ weights, tuned = [], heldOut }: Head): Uint8Array<ArrayBuffer> {
  const layers = [...(weights.hidden ?? []), weights];
  const values = [
    ...layers.flatMap(({ kernel, bias }) => [kernel, bias]),
    ...tuned.map((tensor) => tensor.values),
    heldOut.probabilities,
  ];
  const numValues = values.reduce((total, { length }) => total + length, 0);
  const view = new DataView(new ArrayBuffer(numValues * BYTES_PER_VALUE));
  let offset = 0;
  for (const part of values) {
    for (const value of part) {
      view.setFloat32(offset, value, true);
      offset += BYTES_PER_VALUE;
    }
  }
  return new Uint8Array(view.buffer);
}

/** Puts the two files of a head and its run together. Errors: archive-invalid. */
export function readHead(json: Found, bytes: ArrayBuffer, run: CompletedRun): Head {
  const field = fieldsOf(json);
  const numClasses = run.classifier.labels.length;
  const heldOut = readHeldOut(field('heldOut'), numClasses);
  const optional = <Item>(name: string, maxLength: number, read: (item: Found) => Item) =>
    field(name).value === undefined ? [] : listOf(field(name), maxLength, read);
  const hidden = optional('hidden', HEAD_CONFIG_LIMITS.hiddenLayers.max, readHiddenLayer);
  const tuned = optional('tuned', MAX_TUNED_TENSORS, readTunedTensor);
  const activationSize = wholeOf(field('activationSize'), 1, MAX_ACTIVATION_SIZE);
  const sizes = [activationSize, ...hidden.map(({ units }) => units), numClasses];
  const probabilitiesLength = heldOut.sampleIds.length * numClasses;
  const numTuned = tuned.reduce((sum, { shape }) => sum + productOf(shape), 0);
  const numValues = numWeights(sizes) + numTuned + probabilitiesLength;
  const entry = json.entry.replace(/json$/u, 'bin');
  if (bytes.byteLength !== numValues * BYTES_PER_VALUE) {
    refuse({ entry, where: '' }, `${numValues} float32 values`);
  }
  const values = readFloats(bytes);
  if (!values.every(Number.isFinite)) refuse({ entry, where: '' }, 'finite numbers');
  let offset = 0;
  const take = (length: number) => values.slice(offset, (offset += length));
  const takeLayer = (layer: number) => {
    const [inputSize = 0, outputSize = 0] = sizes.slice(layer);
    return { kernel: take(inputSize * outputSize), bias: take(outputSize) };
  };
  const layers = hidden.map(({ activation }, i) => ({ ...takeLayer(i), activation }));
  return {
    id: oneOf<HeadId>(field('id'), [run.headId]),
    runId: oneOf<RunId>(field('runId'), [run.id]),
    classifier: run.classifier,
    weights: { ...(layers.length > 0 && { hidden: layers }), ...takeLayer(layers.length) },
    ...(tuned.length > 0 && {
      tuned: tuned.map((tensor) => ({ ...tensor, values: take(productOf(tensor.shape)) })),
    }),
    heldOut: { ...heldOut, probabilities: take(probabilitiesLength) },
  };
}

/** Kernels and biases of layers between these sizes. */
function numWeights(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, size, i) => sum + ((sizes[i] ?? 0) + 1) * size, 0);
}

function readTunedTensor(found: Found): Omit<TunedTensor, 'values'> {
  const field = fieldsOf(found);
  return {
    position: wholeOf(field('position'), 0, MAX_POSITION),
    role: oneOf(field('role'), TENSOR_ROLES),
    shape: listOf(field('shape'), MAX_RANK, (item) => wholeOf(item, 1, MAX_SIDE)),
  };
}

function productOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function readHiddenLayer(found: Found): { units: number; activation: HiddenActivation } {
  const field = fieldsOf(found);
  const { min, max } = HEAD_CONFIG_LIMITS.units;
  return {
    units: wholeOf(field('units'), min, max),
    activation: oneOf(field('activation'), HIDDEN_ACTIVATIONS),
  };
}

function readHeldOut(found: Found, numClasses: number): Omit<HeldOutOutcomes, 'probabilities'> {
  const field = fieldsOf(found);
  const list = <Item>(name: string, read: (item: Found) => Item) =>
    listOf(field(name), MAX_SAMPLES, read);
  const sampleIds = list('sampleIds', (item) => idOf<SampleId>(item));
  const imageHashes = list('imageHashes', hashOf);
  const parts = list('parts', (item) => oneOf(item, ['validation', 'test'] as const));
  const trueIndices = list('trueIndices', (item) => wholeOf(item, 0, numClasses - 1));
  const isComplete = [imageHashes, parts, trueIndices].every(
    ({ length }) => length === sampleIds.length,
  );
  return isComplete
    ? { sampleIds, imageHashes, parts, trueIndices }
    : refuse(found, 'lists of equal length');
}

function readFloats(bytes: ArrayBuffer): Float32Array {
  const view = new DataView(bytes);
  return Float32Array.from({ length: bytes.byteLength / BYTES_PER_VALUE }, (_, index) =>
    view.getFloat32(index * BYTES_PER_VALUE, true),
  );
}
