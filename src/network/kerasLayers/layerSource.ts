import { GraftError } from '../../domain/errors.ts';
import type { JsonRecord } from '../jsonChecks.ts';
import type { LayerKind, Padding2d, TensorRole } from '../network.ts';

/** Which Keras wrote the topology: some names mean something else in each. */
export type KerasVersion = 2 | 3;

/** One layer's config with its names, so that every refusal can say which layer it is about. */
export interface LayerSource {
  readonly className: string;
  readonly layer: string;
  readonly config: JsonRecord;
  readonly kerasVersion: KerasVersion;
  /** What the layer is called with, in order: numbers, or `null` for another layer's output. */
  readonly operands: readonly (readonly number[] | null)[];
}

/** One variable of a layer as files store it. */
export interface LayerVariable {
  /** Keras' name for it, such as `kernel` or `moving_mean`, without the layer's and without `:0`. */
  readonly name: string;
  /** What it is to the layer; `null` where the layer has no use for it, as for a step counter. */
  readonly role: TensorRole | null;
  /** The sizes that the config states, `null` where the input decides; empty if it states none. */
  readonly shape: readonly (number | null)[];
}

/** A layer as its Keras config describes it, before its weights are looked up. */
export interface LayerDescription {
  readonly settings: LayerKind;
  /** All variables of the file's layer in Keras' own order: files of Keras 3 only number them. */
  readonly variables: readonly LayerVariable[];
  /** Number of axes, without the batch, that the inputs must have; any if it is not there. */
  readonly inputRank?: number | null;
}

export function plain(settings: LayerKind, inputRank: number | null = null): LayerDescription {
  return { settings, variables: [], inputRank };
}

/** Throws unsupported-layer with layer and class named. */
export function unsupported({ layer, className }: LayerSource, problem: string): never {
  const message = `The layer ${layer} (${className}) ${problem}`;
  throw new GraftError('unsupported-layer', message, { layer, className });
}

export function where({ layer }: LayerSource, field: string): string {
  return `${field} of layer ${layer}`;
}

export function requireChannelsLast(source: LayerSource): void {
  if ((source.config['data_format'] ?? 'channels_last') !== 'channels_last') {
    unsupported(source, 'does not have its channels last');
  }
}

export function readPadding(source: LayerSource): Padding2d {
  const padding = source.config['padding'] ?? 'valid';
  if (padding !== 'same' && padding !== 'valid')
    return unsupported(source, 'has an unknown padding');
  return padding;
}

/**
 * The rank that the inputs must have for the layer's axis to be the last one, `null` if any will do.
 * Refuses an axis that can only be another.
 */
export function rankOfLastAxis(source: LayerSource): number | null {
  const stated = source.config['axis'] ?? -1;
  const axes: readonly unknown[] = Array.isArray(stated) ? stated : [stated];
  const [axis, ...more] = axes;
  if (axis === -1 && more.length === 0) return null;
  // Counted from the batch on, the last axis is 3 for pictures and 1 for rows.
  if ((axis === 3 || axis === 1) && more.length === 0) return axis;
  return unsupported(source, 'has another axis than the last');
}
