import type { BaseSummary } from '../domain/baseSummary.ts';
import { GraftError } from '../domain/errors.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { BaseId } from '../domain/ids.ts';
import type { Project } from '../domain/project.ts';
import { defaultStart, tuningStarts } from '../domain/tuningStarts.ts';

/**
 * The project's configuration as a run has it: training of the base's layers starts somewhere.
 * Errors: cut-not-trainable {layer}, those of `describe`.
 */
export async function settledConfig(
  { headConfig, baseId, cut }: Pick<Project, 'headConfig' | 'baseId' | 'cut'>,
  describe: (id: BaseId) => Promise<BaseSummary>,
): Promise<HeadConfig> {
  if (headConfig.solver !== 'deeper' || headConfig.start !== null) return headConfig;
  const { layers } = await describe(baseId);
  const first = defaultStart(tuningStarts(layers, cut));
  if (first !== null) return { ...headConfig, start: first.start };
  const layer = layers[cut.positions.at(-1) ?? 0]?.name ?? '';
  throw new GraftError('cut-not-trainable', 'No layer below the cut will do', { layer });
}

/** The configuration for another cut or base, in which training can no longer start where it did. */
export function withoutStart(config: HeadConfig): HeadConfig {
  return config.solver === 'deeper' ? { ...config, start: null } : config;
}
