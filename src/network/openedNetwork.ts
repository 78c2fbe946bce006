import type { NetworkFormat } from '../domain/baseModel.ts';
import type { PixelRange } from '../domain/preprocessing.ts';
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
}
