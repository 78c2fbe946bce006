/** Activations with their classes, to fit a head on. */
export interface LabelledRows {
  /** [numPhotos, activationSize] */
  readonly activations: Float32Array;
  /** [numPhotos] */
  readonly classIndices: Int32Array;
  readonly numClasses: number;
}

export interface DecodeComparison {
  /** Of the photo as it was enlarged. */
  readonly megapixels: number;
  /** From the file's bytes to the input of the base. */
  readonly plainMs: number;
  readonly reducedMs: number;
  /** Between the activations of both. */
  readonly cosine: number;
  readonly isSameClass: boolean;
}

/** Answered by a worker that compares the ways of decoding a phone's photo. */
export interface DecodeMethods {
  /** Fetches MobileNetV2 0.35 and fits a head for it. */
  prepare: { params: LabelledRows; result: null; progress: never };
  /** Enlarges the photo to so many pixels, and decodes it in both ways. */
  compare: {
    params: { readonly address: string; readonly numPixels: number };
    result: DecodeComparison;
    progress: never;
  };
  /** Decodes the photo that was compared last again and again; photos per second. */
  measure: {
    params: { readonly isReduced: boolean; readonly durationMs: number };
    result: number;
    progress: never;
  };
}
