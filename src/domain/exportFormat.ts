import type { HeadId } from './ids.ts';

/** The kinds of files that a trained model leaves in. */
export const EXPORT_FORMATS = [
  'web-page',
  'tfjs-layers',
  'tfjs-graph',
  'keras',
  'keras-h5',
  'onnx',
  'onnx-float16',
  'tflite',
  'tflite-float16',
  'tflite-int8',
  'safetensors',
  'activations-npz',
  'projector',
  'model-card',
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Those that are not run: numbers and documents, which are compared with what is stored. */
const DATA_FORMATS = [
  'safetensors',
  'activations-npz',
  'projector',
  'model-card',
] as const satisfies readonly ExportFormat[];

export type DataFormat = (typeof DATA_FORMATS)[number];

/** Those that classify photos. */
export type ModelFormat = Exclude<ExportFormat, DataFormat>;

export function isDataFormat(format: ExportFormat): format is DataFormat {
  return DATA_FORMATS.some((each) => each === format);
}

/** Those that are made from the run's photos: a model that was opened from its files has none. */
export function needsPhotos(format: ExportFormat): boolean {
  return ['activations-npz', 'projector', 'tflite-int8'].includes(format);
}

/** How a file shows that it says what the app says. */
export type ProofKind =
  /** Reopened and run by a runtime that had no part in writing it. */
  | 'verified'
  /** Read by the app's own importer, then run by TF.js layers. */
  | 'read-back'
  /** Reopened likewise, but rounded so much that its accuracy is measured instead. */
  | 'measured'
  /** Read by a reader that is not its writer; every value is the one that is stored. */
  | 'compared';

/** That an exported file answered as the app does. */
export interface AnsweredProof {
  readonly format: ModelFormat;
  readonly headId: HeadId;
  /** Of any probability, on any of the pictures. */
  readonly largestDifference: number;
  readonly numPhotos: number;
}

/** That the values in an exported file are those that are stored. */
export interface ComparedProof {
  readonly format: DataFormat;
  readonly headId: HeadId;
  readonly numValues: number;
  /** Photos of the run that are deleted or cannot be read, and so not in the file. */
  readonly numLeftOut: number;
}

export type ExportProof = AnsweredProof | ComparedProof;

export interface FormatFacts {
  readonly bytesPerWeight: number;
  /** Of what is there whatever the model, where that is worth telling. */
  readonly fixedBytes?: number;
  /** Largest difference of a probability from the app's own that passes; one that is measured has none. */
  readonly tolerance: number;
  readonly proof: Exclude<ProofKind, 'compared'>;
  /** What runs the file in the check. */
  readonly runtime: string;
}

export const FORMAT_FACTS: Readonly<Record<ModelFormat, FormatFacts>> = {
  'web-page': {
    bytesPerWeight: 16 / 3,
    fixedBytes: 1_050_000,
    tolerance: 1e-3,
    proof: 'verified',
    runtime: 'TF.js',
  },
  'tfjs-layers': { bytesPerWeight: 4, tolerance: 1e-3, proof: 'verified', runtime: 'TF.js' },
  'tfjs-graph': { bytesPerWeight: 4, tolerance: 1e-3, proof: 'verified', runtime: 'TF.js' },
  keras: { bytesPerWeight: 4, tolerance: 1e-3, proof: 'read-back', runtime: 'TF.js' },
  'keras-h5': { bytesPerWeight: 4, tolerance: 1e-3, proof: 'read-back', runtime: 'TF.js' },
  onnx: { bytesPerWeight: 4, tolerance: 1e-3, proof: 'verified', runtime: 'ONNX Runtime Web' },
  'onnx-float16': {
    bytesPerWeight: 2,
    tolerance: 1e-2,
    proof: 'verified',
    runtime: 'ONNX Runtime Web',
  },
  tflite: { bytesPerWeight: 4, tolerance: 1e-3, proof: 'verified', runtime: 'LiteRT.js' },
  'tflite-float16': {
    bytesPerWeight: 2,
    tolerance: 1e-2,
    proof: 'verified',
    runtime: 'LiteRT.js',
  },
  'tflite-int8': {
    bytesPerWeight: 1,
    tolerance: Infinity,
    proof: 'measured',
    runtime: 'LiteRT.js',
  },
};

export function proofKindOf(format: ExportFormat): ProofKind {
  return isDataFormat(format) ? 'compared' : FORMAT_FACTS[format].proof;
}

/** Those that a model can have. `isOpaque`: its base has operations that no layer stands for. */
export function formatsOf(isOpaque: boolean): readonly ExportFormat[] {
  return EXPORT_FORMATS.filter(
    (format) => isDataFormat(format) || !isOpaque || format === 'tfjs-graph',
  );
}
