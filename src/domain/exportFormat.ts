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
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a file shows that it says what the app says. */
export type ProofKind =
  /** Reopened and run by a runtime that had no part in writing it. */
  | 'verified'
  /** Read by the app's own importer, then run by TF.js layers. */
  | 'read-back'
  /** Reopened likewise, but rounded so much that its accuracy is measured instead. */
  | 'measured';

/** That an exported file answered as the app does. */
export interface ExportProof {
  readonly format: ExportFormat;
  readonly headId: HeadId;
  /** Of any probability, on any of the pictures. */
  readonly largestDifference: number;
  readonly numPhotos: number;
}

export interface FormatFacts {
  readonly bytesPerWeight: number;
  /** Of what is there whatever the model, where that is worth telling. */
  readonly fixedBytes?: number;
  /** Largest difference of a probability from the app's own that passes; one that is measured has none. */
  readonly tolerance: number;
  readonly proof: ProofKind;
  /** What runs the file in the check. */
  readonly runtime: string;
}

export const FORMAT_FACTS: Readonly<Record<ExportFormat, FormatFacts>> = {
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

/** Those that a model can have. `isOpaque`: its base has operations that no layer stands for. */
export function formatsOf(isOpaque: boolean): readonly ExportFormat[] {
  return isOpaque ? ['tfjs-graph'] : EXPORT_FORMATS;
}
