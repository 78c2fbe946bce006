import type { ClassLabelId } from '../domain/ids.ts';

/** Activations of photos with their classes. */
export interface LabelledActivations {
  /** [numSamples, activationSize], row by row. */
  readonly activations: Float32Array;
  /** [numSamples] */
  readonly classIndices: Int32Array;
  /** Where photos have views: each photo's row as it is, then those of its views. 1 where it is left out. */
  readonly rowsPerPhoto?: number;
}

/** What a solver works on. */
export interface TrainingSet {
  readonly train: LabelledActivations;
  /** Measured after every epoch, never trained on; `null` where nothing is held out. */
  readonly validation: LabelledActivations | null;
  readonly activationSize: number;
  readonly numClasses: number;
  /** [numClasses]; needed only where the configuration names classes. */
  readonly labelIds?: readonly ClassLabelId[];
}
