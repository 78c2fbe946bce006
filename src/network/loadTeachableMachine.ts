import { GraftError } from '../domain/errors.ts';
import { FRAMINGS, type Framing, type PixelRange } from '../domain/preprocessing.ts';
import { cutNetwork } from './compose.ts';
import { inferShapes } from './inferShapes.ts';
import { asFlag, asList, asRecord, asText, parseJson, type JsonRecord } from './jsonChecks.ts';
import { loadTfjsLayers, type TfjsLayersFiles } from './loadTfjsLayers.ts';
import type { ByteSource } from './byteSource.ts';
import type { Layer, Network } from './network.ts';
import type { OpenedNetwork } from './openedNetwork.ts';

export interface TeachableMachineFiles extends TfjsLayersFiles<ByteSource> {
  /** Text of `metadata.json`. */
  readonly metadataJson: string;
  /** Text of the `preprocessing.json` that our exports have beside it. */
  readonly preprocessingJson?: string;
}

const MAX_LABEL_LENGTH = 200;
/** Its library divides by 127, so white comes to a little more than 1. */
const RANGE = { scale: [1 / 127], offset: [-1] };

/** Whether a `metadata.json` is one of Teachable Machine's. Other programs write files of that name. */
export function isTeachableMachineMetadata(metadata: JsonRecord): boolean {
  return Array.isArray(metadata['labels']);
}

/**
 * Takes a Teachable Machine image export apart: the base that it was trained on, up to the layer whose
 * output was pooled or flattened for the head, and the class names in the head's order. The head and
 * the pooling are left out. An export for grey pictures has one channel (its library weighs red, green
 * and blue by 0.2989, 0.587 and 0.114). The whole model comes along. Errors: base-invalid, unsupported-layer.
 */
export function loadTeachableMachine(files: TeachableMachineFiles): OpenedNetwork {
  const metadata = parseJson(files.metadataJson, 'metadata.json');
  const whole = loadTfjsLayers(files);
  const network = cutNetwork(whole, lastBaseLayer(whole));
  const shapes = inferShapes(whole);
  const classNames = readLabels(metadata, shapes.at(-1)?.[0] ?? null);
  const isGrey = shapes[0]?.at(-1) === 1;
  if (asFlag(metadata['grayscale'] ?? isGrey, 'grayscale in metadata.json') !== isGrey) {
    const message = 'metadata.json and model.json disagree on whether the pictures are grey';
    throw new GraftError('base-invalid', message);
  }
  const pixelRange: PixelRange = { channelOrder: isGrey ? 'grey' : 'rgb', ...RANGE };
  const { modelName } = metadata;
  const description = {
    classNames,
    name: typeof modelName === 'string' && modelName !== '' ? modelName : null,
    framing: framingOf(files.preprocessingJson),
  };
  const classifier = { whole, describe: () => description };
  const format = 'teachable-machine';
  return { network, format, architecture: null, pixelRange, classNames, classifier };
}

/** Teachable Machine crops; our exports may say something else. */
function framingOf(preprocessingJson: string | undefined): Framing {
  if (preprocessingJson === undefined) return 'centre-square';
  const { spec } = parseJson(preprocessingJson, 'preprocessing.json');
  const { framing } = asRecord(spec, 'spec in preprocessing.json');
  return FRAMINGS.find((known) => known === framing) ?? 'centre-square';
}

function readLabels(metadata: JsonRecord, numOutputs: number | null): string[] {
  const labels = asList(metadata['labels'], 'labels in metadata.json').map((label) => {
    const text = asText(label, 'A label in metadata.json');
    if (text.length <= MAX_LABEL_LENGTH) return text;
    throw new GraftError('base-invalid', 'A label in metadata.json is far too long');
  });
  if (labels.length === numOutputs) return labels;
  const message = `metadata.json has ${labels.length} labels, but the model has ${numOutputs ?? 0} outputs`;
  throw new GraftError('base-invalid', message);
}

/** Walks from the output through the head and its pooling. The position of the first layer before them. */
function lastBaseLayer({ layers }: Network): number {
  let position = layers.length - 1;
  const isAt = (kinds: readonly Layer['kind'][]) => {
    const layer = layers[position];
    return layer !== undefined && kinds.includes(layer.kind);
  };
  const stepBack = () => {
    position = layers[position]?.inputs[0] ?? 0;
  };
  while (isAt(['dense', 'activation', 'dropout'])) stepBack();
  if (isAt(['global-average-pooling2d', 'global-max-pooling2d', 'flatten'])) stepBack();
  if (!isAt(['input'])) return position;
  throw new GraftError('base-invalid', 'The model has no base before its head');
}
