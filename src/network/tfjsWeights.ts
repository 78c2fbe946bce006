import { decodeFloat16 } from '../domain/float16.ts';
import { GraftError } from '../domain/errors.ts';
import { asCount, asList, asNumber, asRecord, asText, type JsonRecord } from './jsonChecks.ts';
import type { WeightTensor } from './network.ts';

type StoredType = 'float32' | 'float16' | 'uint8' | 'uint16';

interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly storedType: StoredType;
  /** `value = stored * scale + min`, for the integer types. */
  readonly scale: number;
  readonly min: number;
  readonly numValues: number;
  readonly sizeBytes: number;
}

const BYTES_PER_VALUE: Record<StoredType, number> = { float32: 4, float16: 2, uint8: 1, uint16: 2 };

/** Paths of the weight files, as `model.json` names them, in manifest order. */
export function weightPaths(model: JsonRecord): string[] {
  return manifestGroups(model).flatMap((group, i) =>
    asList(group['paths'], `weightsManifest[${i}].paths`).map((path) => checkedPath(path)),
  );
}

/** Weight files lie beside `model.json`: a path that leads elsewhere is refused. */
function checkedPath(value: unknown): string {
  const path = asText(value, 'A path in weightsManifest');
  if (!/^[\w\- .]+(\/[\w\- .]+)*$/.test(path) || path.split('/').includes('..')) {
    throw new GraftError('base-invalid', `The weight file has a forbidden path: ${path}`, { path });
  }
  return path;
}

/**
 * The tensors of a TF.js weight manifest by name, de-quantised to float32.
 * `weights` holds all files of the manifest end to end; its size is checked before anything is copied.
 */
export function readTfjsWeights(
  model: JsonRecord,
  weights: ArrayBuffer,
): ReadonlyMap<string, WeightTensor> {
  const entries = manifestGroups(model).flatMap((group, i) =>
    asList(group['weights'], `weightsManifest[${i}].weights`).map(readEntry),
  );
  const bytesExpected = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  if (bytesExpected !== weights.byteLength) {
    throw new GraftError(
      'base-invalid',
      `model.json describes ${bytesExpected} bytes of weights, but there are ${weights.byteLength}`,
      { bytesExpected, bytesFound: weights.byteLength },
    );
  }
  const tensors = new Map<string, WeightTensor>();
  let offset = 0;
  for (const entry of entries) {
    if (tensors.has(entry.name)) refuseTensor(entry.name, 'is there twice');
    tensors.set(entry.name, { shape: entry.shape, values: readValues(entry, weights, offset) });
    offset += entry.sizeBytes;
  }
  return tensors;
}

function manifestGroups(model: JsonRecord): JsonRecord[] {
  const groups = asList(model['weightsManifest'], 'weightsManifest');
  return groups.map((group, i) => asRecord(group, `weightsManifest[${i}]`));
}

function readEntry(value: unknown): TensorEntry {
  const entry = asRecord(value, 'An entry of weightsManifest');
  const name = asText(entry['name'], 'The name of a tensor');
  const shape = asList(entry['shape'], `The shape of ${name}`).map((n) =>
    asCount(n, `The shape of ${name}`),
  );
  const numValues = shape.reduce((product, n) => product * n, 1);
  const { storedType, scale, min } = readEncoding(entry, name);
  const sizeBytes = numValues * BYTES_PER_VALUE[storedType];
  if (!Number.isSafeInteger(sizeBytes)) refuseTensor(name, 'is too large');
  return { name, shape, storedType, scale, min, numValues, sizeBytes };
}

function readEncoding(
  entry: JsonRecord,
  name: string,
): Pick<TensorEntry, 'storedType' | 'scale' | 'min'> {
  if (entry['dtype'] !== 'float32') refuseTensor(name, 'is not of type float32');
  if (entry['quantization'] === undefined) return { storedType: 'float32', scale: 1, min: 0 };
  const quantization = asRecord(entry['quantization'], `The quantization of ${name}`);
  switch (quantization['dtype']) {
    case 'float16':
      return { storedType: 'float16', scale: 1, min: 0 };
    case 'uint8':
    case 'uint16':
      return {
        storedType: quantization['dtype'],
        scale: asNumber(quantization['scale'], `The scale of ${name}`),
        min: asNumber(quantization['min'], `The min of ${name}`),
      };
    default:
      return refuseTensor(name, 'is quantised in an unknown way');
  }
}

function readValues(entry: TensorEntry, weights: ArrayBuffer, offset: number): Float32Array {
  const { numValues, sizeBytes, storedType, scale, min } = entry;
  const values = decode();
  // NaN and infinity would spread to every answer, so they are found here, with a name.
  if (!values.every(Number.isFinite)) refuseTensor(entry.name, 'has values that are not numbers');
  return values;

  function decode(): Float32Array {
    if (storedType === 'float32' && offset % 4 === 0) {
      return new Float32Array(weights, offset, numValues);
    }
    const bytes = weights.slice(offset, offset + sizeBytes);
    if (storedType === 'float32') return new Float32Array(bytes);
    if (storedType === 'float16') return decodeFloat16(new Uint16Array(bytes));
    const stored = storedType === 'uint8' ? new Uint8Array(bytes) : new Uint16Array(bytes);
    return Float32Array.from(stored, (step) => step * scale + min);
  }
}

function refuseTensor(name: string, problem: string): never {
  throw new GraftError('base-invalid', `The tensor ${name} ${problem}`, { tensor: name });
}
