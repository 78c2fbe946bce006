import { activationSize, type BaseSummary } from '../domain/baseSummary.ts';
import { GraftError } from '../domain/errors.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { BaseId } from '../domain/ids.ts';
import type { Project } from '../domain/project.ts';
import {
  deviceMemoryGib,
  requireActivationMemory,
  trainingBudgetBytes,
} from '../domain/trainingBudget.ts';
import { defaultStart, tuningStarts } from '../domain/tuningStarts.ts';

type Subject = Pick<Project, 'headConfig' | 'baseId' | 'cut' | 'augmentation'>;

/**
 * The project's configuration as a run has it: training of the base's layers starts somewhere.
 * Errors: cut-not-trainable {layer}; training-too-large {neededMib, availableMib} where there will be no room
 * for what the layer puts out, before any of it is computed; those of `describe`.
 */
export async function settledConfig(
  { headConfig, baseId, cut, augmentation }: Subject,
  numPhotos: number,
  describe: (id: BaseId) => Promise<BaseSummary>,
): Promise<HeadConfig> {
  if (headConfig.solver !== 'deeper') return headConfig;
  const { layers } = await describe(baseId);
  const start = headConfig.start ?? defaultStart(tuningStarts(layers, cut))?.start;
  if (start === undefined) {
    const layer = layers[cut.positions.at(-1) ?? 0]?.name ?? '';
    throw new GraftError('cut-not-trainable', 'No layer below the cut will do', { layer });
  }
  const numRows = numPhotos * (1 + (augmentation?.numViews ?? 0));
  const available = trainingBudgetBytes(deviceMemoryGib());
  requireActivationMemory(numRows, activationSize(layers, start), available);
  return { ...headConfig, start };
}

/** The configuration for another cut or base, in which training can no longer start where it did. */
export function withoutStart(config: HeadConfig): HeadConfig {
  return config.solver === 'deeper' ? { ...config, start: null } : config;
}

/** The configuration of a run that goes on from one of `from`: left open, training starts where that did. */
export function withStartOf(from: HeadConfig | undefined, config: HeadConfig): HeadConfig {
  const isOpen = config.solver === 'deeper' && config.start === null;
  return isOpen && from?.solver === 'deeper' ? { ...config, start: from.start } : config;
}
