import { FORMAT_FACTS, isDataFormat, type DataFormat, type ExportFormat } from './exportFormat.ts';

/** What a model's files take room for. */
export interface ModelSizes {
  /** Of base, up to the cut, and head. */
  readonly numWeights: number;
  /** Of the head, and of the layers of the base that were trained with it. */
  readonly numOwnWeights: number;
  /** Numbers per photo at the cut. */
  readonly activationSize: number;
}

/** Card, labels and such. */
const DOCUMENT_BYTES = 10_000;
/** A thumbnail in a picture of many, as PNG. */
const SPRITE_BYTES = 9_000;

/** About how large the download is. Activations are packed: what they take depends on how many are 0. */
const DATA_BYTES: Readonly<Record<DataFormat, (sizes: ModelSizes, numPhotos: number) => number>> = {
  safetensors: ({ numOwnWeights }) => DOCUMENT_BYTES + numOwnWeights * 4,
  'activations-npz': ({ activationSize }, numPhotos) => numPhotos * (activationSize * 1.6 + 60),
  projector: ({ activationSize }, numPhotos) => numPhotos * (activationSize * 2.2 + SPRITE_BYTES),
  'model-card': () => DOCUMENT_BYTES,
};

/** About how many bytes a model's file has in this format. `numPhotos`: of the run. */
export function fileBytes(format: ExportFormat, sizes: ModelSizes, numPhotos: number): number {
  if (isDataFormat(format)) return DATA_BYTES[format](sizes, numPhotos);
  const { bytesPerWeight, fixedBytes = 0 } = FORMAT_FACTS[format];
  return fixedBytes + sizes.numWeights * bytesPerWeight;
}
