import type { Averaging } from '../domain/averaging.ts';
import type { BackendChoice } from '../domain/backend.ts';
import type { HeadId } from '../domain/ids.ts';
import type { LiveHead } from '../domain/liveHead.ts';
import type { PhotoPrediction, Prediction } from '../domain/prediction.ts';

interface Answering {
  readonly headId: HeadId;
  readonly backend: BackendChoice;
  /** Whose mean the probabilities are. */
  readonly averaging: Averaging;
}

/** The base worker's answers to what a picture shows. */
export interface PredictMethods {
  /** Classifies one frame and closes it. */
  predictFrame: {
    params: Answering & {
      /** Transferred; already mirrored or not as the camera shows it. */
      readonly frame: ImageBitmap;
    };
    result: Prediction;
    progress: never;
  };
  /** The same by a head that is not stored, on the frame as it is. */
  predictLiveFrame: {
    params: {
      readonly live: LiveHead;
      readonly backend: BackendChoice;
      readonly frame: ImageBitmap;
    };
    result: Prediction;
    progress: never;
  };
  /** Classifies files, in the order of `files`. */
  predictPhotos: {
    params: Answering & { readonly files: readonly Blob[] };
    result: { readonly predictions: readonly PhotoPrediction[] };
    progress: { readonly done: number; readonly total: number };
  };
}
