import type { PixelRange } from '../../domain/preprocessing.ts';
import type { FlatLayer } from '../kerasGraph.ts';

/** A published graph, for files that hold its weights only. */
export interface Architecture {
  /** For display, such as `MobileNetV2 0.35`. */
  readonly name: string;
  /** Every layer after its inputs, the output last, with the exact shape of each tensor. */
  readonly layers: readonly FlatLayer[];
  /** What its weights were trained on. */
  readonly pixelRange: PixelRange;
}

/**
 * Where the files of a family come from. TensorFlow pads a strided window at the bottom and the right,
 * PyTorch on all sides; their batch norms add another epsilon.
 */
export type Origin = 'keras' | 'torch';
