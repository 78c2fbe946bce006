import type { LabelledActivations } from './trainingSet.ts';

/** A finished head on stored activations: probabilities [numSamples, numClasses]. */
export interface Answerer {
  readonly answer: (part: LabelledActivations) => Promise<Float32Array>;
  readonly dispose: () => void;
}
