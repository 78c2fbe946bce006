import { decodeFloat16 } from '../domain/float16.ts';
import { GraftError } from '../domain/errors.ts';
import type { ByteSource } from './byteSource.ts';
import { asCount, asList, asNumber, asRecord, asText, type JsonRecord } from './jsonChecks.ts';
import { checkedTensor } from './lazyTensor.ts';
import type { WeightTensor } from './network.ts';

type StoredType = 'float32' | 'float16' | 'int32' | 'uint8' | 'uint16';

interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly storedType: StoredType;
  /** `value = stored * scale + min`, for the quantised types. */
  readonly scale: number;
  readonly min: number;
  readonly sizeBytes: number;
}

/** A tensor that is not named as expected is looked for among all. */
const MAX_TENSORS = 10_000;

const BYTES_PER_VALUE: Record<StoredType, number> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint8: 1,
  uint16: 2,
};

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
 * The tensors of a TF.js weight manifest by name, de-quantised to float32 whenever they are asked for.
 * `weights` holds all files of the manifest end to end; its size is checked here, and nothing of it read.
 * Values that are not finite are found at the first access: base-invalid {tensor}.
 */
export function readTfjsWeights(
  model: JsonRecord,
  weights: ByteSource,
): ReadonlyMap<string, WeightTensor> {
  const entries = manifestGroups(model).flatMap(readGroup);
  if (entries.length > MAX_TENSORS) {
    throw new GraftError('base-invalid', `model.json describes ${entries.length} tensors`);
  }
  const bytesExpected = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  if (bytesExpected !== weights.size) {
    throw new GraftError(
      'base-invalid',
      `model.json describes ${bytesExpected} bytes of weights, but there are ${weights.size}`,
      { bytesExpected, bytesFound: weights.size },
    );
  }
  const tensors = new Map<string, WeightTensor>();
  let offset = 0;
  for (const entry of entries) {
    if (tensors.has(entry.name)) refuseTensor(entry.name, 'is there twice');
    tensors.set(entry.name, tensorOf(entry, weights, offset));
    offset += entry.sizeBytes;
  }
  return tensors;
}

function manifestGroups(model: JsonRecord): JsonRecord[] {
  const groups = asList(model['weightsManifest'], 'weightsManifest');
  return groups.map((group, i) => asRecord(group, `weightsManifest[${i}]`));
}

function readGroup(group: JsonRecord, i: number): TensorEntry[] {
  const entries = asList(group['weights'], `weightsManifest[${i}].weights`);
  return entries.map((entry) => readEntry(entry, group['quantization']));
}

/** Early converters quantised a whole group at once and said so there. */
function readEntry(value: unknown, groupQuantization: unknown): TensorEntry {
  const entry = asRecord(value, 'An entry of weightsManifest');
  const name = asText(entry['name'], 'The name of a tensor');
  const shape = asList(entry['shape'], `The shape of ${name}`).map((n) =>
    asCount(n, `The shape of ${name}`),
  );
  const encoding = readEncoding(entry, name, entry['quantization'] ?? groupQuantization);
  const numValues = shape.reduce((product, n) => product * n, 1);
  const sizeBytes = numValues * BYTES_PER_VALUE[encoding.storedType];
  if (!Number.isSafeInteger(sizeBytes)) refuseTensor(name, 'is too large');
  return { name, shape, ...encoding, sizeBytes };
}

function readEncoding(
  entry: JsonRecord,
  name: string,
  stated: unknown,
): Pick<TensorEntry, 'storedType' | 'scale' | 'min'> {
  if (stated === undefined) return { storedType: plainType(entry, name), scale: 1, min: 0 };
  const quantization = asRecord(stated, `The quantization of ${name}`);
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

/** Whole numbers and truth values are sizes and switches in graph models; float32 holds those exactly. */
function plainType(entry: JsonRecord, name: string): StoredType {
  switch (entry['dtype']) {
    case 'float32':
    case 'int32':
      return entry['dtype'];
    case 'bool':
      return 'uint8';
    default:
      return refuseTensor(name, 'is neither of numbers nor of truth values');
  }
}

function tensorOf(entry: TensorEntry, weights: ByteSource, offset: number): WeightTensor {
  const read = () => decode(entry, weights.read(offset, offset + entry.sizeBytes));
  return checkedTensor(entry.shape, read, (problem) => refuseTensor(entry.name, problem));
}

function decode({ storedType, scale, min }: TensorEntry, bytes: Uint8Array<ArrayBuffer>) {
  if (storedType === 'uint8') return Float32Array.from(bytes, (step) => step * scale + min);
  const isAligned = bytes.byteOffset % BYTES_PER_VALUE[storedType] === 0;
  const { buffer, byteOffset, byteLength } = isAligned ? bytes : bytes.slice();
  switch (storedType) {
    case 'float32':
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case 'int32':
      return Float32Array.from(new Int32Array(buffer, byteOffset, byteLength / 4));
    case 'float16':
      return decodeFloat16(new Uint16Array(buffer, byteOffset, byteLength / 2));
    case 'uint16': {
      const steps = new Uint16Array(buffer, byteOffset, byteLength / 2);
      return Float32Array.from(steps, (step) => step * scale + min);
    }
  }
}

function refuseTensor(name: string, problem: string): never {
  throw new GraftError('base-invalid', `The tensor ${name} ${problem}`, { tensor: name });
}
