import { GraftError } from '../domain/errors.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import type { ByteSource } from './byteSource.ts';
import { inferShapes } from './inferShapes.ts';
import { takesBytes } from './inputRange.ts';
import type { OpaqueGraph } from './opaqueGraph.ts';
import type { ClassifierDescription, OpenedGraph, OpenedNetwork } from './openedNetwork.ts';
import type { RecognisedFile } from './recogniseFile.ts';
import { statedFraming, statedPixelRange } from './statedPixelRange.ts';

const LABELS = 'labels.txt';
const COMPANIONS = [LABELS, 'preprocessing.json', 'model_card.json'];

const MAX_LABELS_BYTES = 1e6;
const MAX_LABEL_LENGTH = 200;

/** Whether the file says something about a model beside it. */
export function isCompanion({ source }: RecognisedFile): boolean {
  return COMPANIONS.includes(source.name);
}

/**
 * A Keras, ONNX or graph model with what the files beside it say: class names in `labels.txt`, as Teachable Machine and
 * we write it, pixels and framing in `preprocessing.json`, its name in `model_card.json`. Without a word
 * about pixels, those of a network that begins by scaling them down are 0 to 255.
 * Errors: base-invalid {file}.
 */
export function withCompanions(
  opened: OpenedNetwork,
  files: readonly RecognisedFile[],
): OpenedNetwork {
  const { network } = opened;
  const numChannels = inferShapes(network)[0]?.at(-1) ?? null;
  const channelOrder = numChannels === 1 ? 'grey' : 'rgb';
  const bytes = takesBytes(network) ? ({ ...PIXEL_RANGES.bytes, channelOrder } as const) : null;
  return {
    ...opened,
    pixelRange: statedPixelRange(files, numChannels) ?? opened.pixelRange ?? bytes,
    classifier: {
      whole: network,
      describe: () => descriptionIn(files, inferShapes(network).at(-1)?.[0] ?? 0),
    },
  };
}

/** The same of a graph that can only run as it is. Errors: base-invalid {file}. */
export function graphWithCompanions(
  graph: OpaqueGraph,
  files: readonly RecognisedFile[],
): OpenedGraph {
  return {
    ...graph,
    pixelRange: statedPixelRange(files, graph.inputShape.at(-1) ?? null),
    describe: (numOutputs) => descriptionIn(files, numOutputs),
  };
}

function descriptionIn(
  files: readonly RecognisedFile[],
  numOutputs: number,
): ClassifierDescription {
  return {
    classNames: readLabels(files, numOutputs),
    name: statedName(files),
    framing: statedFraming(files),
  };
}

/** Lines `0 name` for each class in output order, or the names alone. */
function readLabels(files: readonly RecognisedFile[], numOutputs: number): readonly string[] {
  const file = files.find(({ source }) => source.name === LABELS);
  if (file === undefined) throw new GraftError('labels-missing', `There is no ${LABELS}`);
  const lines = textOf(file.source)
    .split(/\r?\n/u)
    .filter((line) => line.trim() !== '');
  if (lines.length !== numOutputs) {
    const message = `${LABELS} has ${lines.length} lines, but the model has ${numOutputs} outputs`;
    throw new GraftError('labels-mismatch', message, { numLabels: lines.length, numOutputs });
  }
  const isNumbered = lines.every((line, i) => line.startsWith(`${i} `));
  const labels = lines.map((line, i) => (isNumbered ? line.slice(`${i} `.length) : line));
  if (labels.some(({ length }) => length > MAX_LABEL_LENGTH))
    refuse('has a line that is far too long');
  return labels;
}

function textOf(source: ByteSource): string {
  if (source.size > MAX_LABELS_BYTES) refuse('is far too large');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source.read(0, source.size));
  } catch {
    return refuse('is not UTF-8 text');
  }
}

function statedName(files: readonly RecognisedFile[]): string | null {
  const card = files.find(({ source }) => source.name === 'model_card.json');
  if (card?.kind !== 'other-json') return null;
  const { name } = card.json;
  return typeof name === 'string' && name !== '' ? name : null;
}

function refuse(problem: string): never {
  throw new GraftError('base-invalid', `${LABELS} ${problem}`, { file: LABELS });
}
