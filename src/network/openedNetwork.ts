import type { NetworkFormat } from '../domain/baseModel.ts';
import type { Framing, PixelRange } from '../domain/preprocessing.ts';
import type { Network } from './network.ts';
import type { OpaqueGraph } from './opaqueGraph.ts';

/** A network from somebody's files, with whatever else those files say about it. */
export interface OpenedNetwork {
  readonly network: Network;
  readonly format: NetworkFormat;
  /** Family that the graph was recognised as, such as `MobileNetV2 0.35`; `null` for a graph of its own. */
  readonly architecture: string | null;
  /** `null` where the files do not say. */
  readonly pixelRange: PixelRange | null;
  /** Labels of the output, in its order; `null` where the files do not say. */
  readonly classNames: readonly string[] | null;
  /** Of every format but TF.js layers and safetensors that are nobody’s export. */
  readonly classifier?: ExportedClassifier;
}

/** The same of a graph that can only run as it is. */
export interface OpenedGraph extends OpaqueGraph {
  /** `null` where the files do not say. */
  readonly pixelRange: PixelRange | null;
  /** As that of `ExportedClassifier`, for a graph of so many outputs. */
  readonly describe: (numOutputs: number) => ClassifierDescription;
}

/** A model that somebody may have trained, whole. */
export interface ExportedClassifier {
  /** From the input to the output. */
  readonly whole: Network;
  /** Reads what lies beside the model. Errors: labels-missing, labels-mismatch, base-invalid {file}. */
  readonly describe: () => ClassifierDescription;
}

export interface ClassifierDescription {
  /** In the order of the outputs, as many as there are. */
  readonly classNames: readonly string[];
  /** What it was called; `null` where the files do not say. */
  readonly name: string | null;
  readonly framing: Framing;
}
