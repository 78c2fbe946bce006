import { CUT_POOLINGS, type Cut } from '../../domain/cut.ts';
import { GraftError } from '../../domain/errors.ts';
import type { HeadWeights, TunedTensor } from '../../domain/head.ts';
import { PREPROCESSING_VERSION, type PreprocessingSpec } from '../../domain/preprocessing.ts';
import type { ByteSource } from '../byteSource.ts';
import { asCount, asList, asRecord, asSize, asText, type JsonRecord } from '../jsonChecks.ts';
import type { RecognisedFile } from '../recogniseFile.ts';
import { readHeader } from '../safetensors/header.ts';
import { readFraming, readPixelRange } from '../statedPixelRange.ts';
import { ARCHITECTURE, refuseArchitecture } from './architectureFile.ts';
import { HeadTensors, readHead, readTuned } from './headTensors.ts';

/** What training has made on a base that is not in the files: our own `head.safetensors`. */
export interface HeadExport {
  readonly kind: 'head-export';
  readonly fileName: string;
  /** What the model was called. */
  readonly name: string;
  readonly base: { readonly name: string; readonly graphHash: string };
  readonly cut: Cut;
  readonly preprocessing: PreprocessingSpec;
  readonly head: HeadWeights;
  /** Of layers of the base. */
  readonly tuned: readonly TunedTensor[];
  /** In the order of the outputs, as many as there are. */
  readonly classNames: readonly string[];
}

/** What every `head.safetensors` of ours has, and no network of others. */
const OUR_HEAD = 'head.probabilities.kernel';

const FORMAT_VERSION = 1;
const MAX_NAME_LENGTH = 1000;

/** Whether the safetensors file is a head of ours. Errors: base-invalid {file} or {tensor}. */
export function isHeadExport(source: ByteSource): boolean {
  return readHeader(source).tensors.has(OUR_HEAD);
}

/**
 * The head by what the `architecture.json` beside it says. Whether it fits the base is found out where the
 * two meet. Errors: architecture-missing {file}; base-invalid, with the place in the JSON or the tensor.
 */
export function readHeadExport(source: ByteSource, files: readonly RecognisedFile[]): HeadExport {
  const file = files.find(({ source: { name } }) => name === ARCHITECTURE);
  if (file?.kind !== 'other-json') {
    const message = `There is no ${ARCHITECTURE} beside ${source.name}`;
    throw new GraftError('architecture-missing', message, { file: source.name });
  }
  const { json } = file;
  if (json['formatVersion'] !== FORMAT_VERSION) refuseArchitecture('formatVersion');
  const tensors = new HeadTensors(source);
  const head = readHead(listOf(json, 'head'), tensors);
  const classNames = listOf(json, 'classLabels').map((label) => nameOf(asRecord(label, 'A class')));
  if (classNames.length !== head.bias.length) refuseArchitecture('classLabels');
  const base = recordOf(json, 'base');
  return {
    kind: 'head-export',
    fileName: source.name,
    name: nameOf(json),
    base: { name: nameOf(base), graphHash: asText(base['graphHash'], 'graphHash') },
    cut: readCut(recordOf(json, 'cut')),
    preprocessing: readInput(recordOf(json, 'input')),
    head,
    tuned: listOf(json, 'tunedLayers').flatMap((layer) => readTuned(layer, tensors)),
    classNames,
  };
}

function readCut(cut: JsonRecord): Cut {
  const layers = listOf(cut, 'layers').map((layer) => asRecord(layer, 'A layer of the cut'));
  const positions = layers.map(({ position }) => asCount(position, 'position of a layer'));
  const isAscending = positions.every((position, i) => position > (positions[i - 1] ?? -1));
  if (positions.length === 0 || !isAscending) refuseArchitecture('layers');
  const pooling = CUT_POOLINGS.find((known) => known === cut['pooling']);
  return { positions, pooling: pooling ?? refuseArchitecture('pooling') };
}

function readInput(input: JsonRecord): PreprocessingSpec {
  const [, height, width, numChannels] = listOf(input, 'shape');
  return {
    version: PREPROCESSING_VERSION,
    inputHeight: asSize(height, 'height of the input'),
    inputWidth: asSize(width, 'width of the input'),
    framing: readFraming(input, ARCHITECTURE),
    ...readPixelRange(input, asSize(numChannels, 'channels of the input'), ARCHITECTURE),
  };
}

function listOf(record: JsonRecord, key: string): readonly unknown[] {
  return asList(record[key], `${key} in ${ARCHITECTURE}`);
}

function recordOf(record: JsonRecord, key: string): JsonRecord {
  return asRecord(record[key], `${key} in ${ARCHITECTURE}`);
}

function nameOf({ name }: JsonRecord): string {
  const text = asText(name, `A name in ${ARCHITECTURE}`);
  return text.length > MAX_NAME_LENGTH ? refuseArchitecture('name') : text;
}
