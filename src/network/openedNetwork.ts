import type { NetworkFormat } from '../domain/baseModel.ts';
import type { Framing, PixelRange } from '../domain/preprocessing.ts';
import type { Network } from './network.ts';

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
  /** Of a Teachable Machine export, or of ours: the model whose base `network` is. */
  readonly classifier?: ExportedClassifier;
}

/** A model that somebody has trained, whole. */
export interface ExportedClassifier {
  /** From the input to the probabilities. */
  readonly whole: Network;
  /** What it was called; `null` where the files do not say. */
  readonly name: string | null;
  readonly framing: Framing;
}
