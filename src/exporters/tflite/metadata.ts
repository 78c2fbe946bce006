import {
  encodeFlatbuffer,
  float32s,
  int8,
  table,
  tables,
  text,
  uint32,
  uint8,
} from './flatbuffer.ts';
import type { Table } from './flatbuffer.ts';

/** Tables of TensorFlow Lite's `metadata_schema.fbs`, version 1.0.0, by which tools know what a model takes and gives. */

export interface LiteDescription {
  readonly modelName: string;
  readonly inputHeight: number;
  readonly inputWidth: number;
}

/** The file of class names that goes along, one a line. */
export const LABELS_FILE = 'labels.txt';

const CONTENT = { feature: 1, image: 2 } as const;
const NORMALISATION = 1;
const RGB = 1;
const AXIS_LABELS = 2;

/** An RGB picture of 0 to 255 comes in as it is, a probability for each label goes out. */
export function encodeMetadata(description: LiteDescription): Uint8Array<ArrayBuffer> {
  const subgraph: Table = [
    text('main'),
    null,
    tables([inputMetadata(description)]),
    tables([outputMetadata()]),
  ];
  const model: Table = [
    text(description.modelName),
    text('Image classifier made with Graft'),
    text('1'),
    tables([subgraph]),
    null,
    null,
    null,
    text('1.0.0'),
  ];
  return encodeFlatbuffer(model, 'M001');
}

function inputMetadata({ inputHeight, inputWidth }: LiteDescription): Table {
  const imageSize: Table = [uint32(inputWidth), uint32(inputHeight)];
  const image: Table = [int8(RGB), table(imageSize)];
  // Its own range is the network's affair: a tool that follows this gives it the pixels unchanged.
  const asItIs: Table = [float32s([0]), float32s([1])];
  const statistics: Table = [float32s([255]), float32s([0])];
  return [
    text('image'),
    text('RGB, 0 to 255'),
    null,
    table([uint8(CONTENT.image), table(image)]),
    tables([[uint8(NORMALISATION), table(asItIs)]]),
    table(statistics),
  ];
}

function outputMetadata(): Table {
  const labels: Table = [text(LABELS_FILE), text('Class names, one a line'), int8(AXIS_LABELS)];
  const statistics: Table = [float32s([1]), float32s([0])];
  return [
    text('probability'),
    text('Probability of each class'),
    null,
    table([uint8(CONTENT.feature), table([])]),
    null,
    table(statistics),
    tables([labels]),
  ];
}
