import type { OpenedModel } from '../bridge/modelMethods.ts';
import { PRESET_CONFIGS } from '../domain/gradientPresets.ts';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type HeadConfig,
} from '../domain/headConfig.ts';

/**
 * Settings with which training can go on from a model that was trained elsewhere: Teachable Machine's own
 * where its head has the form of theirs.
 */
export function configOfModel({ head, tuning }: Pick<OpenedModel, 'head' | 'tuning'>): HeadConfig {
  if (tuning !== undefined) return { ...DEFAULT_DEEPER_CONFIG, start: tuning.start };
  const { seed } = DEFAULT_GRADIENT_CONFIG;
  const theirs = PRESET_CONFIGS['teachable-machine'];
  const layers = (head.hidden ?? []).map(({ bias, activation }) => ({
    units: bias.length,
    activation,
    hasBatchNorm: false,
    dropout: 0,
  }));
  if (JSON.stringify(layers) === JSON.stringify(theirs.hiddenLayers)) return { ...theirs, seed };
  if (layers.length === 0) return DEFAULT_GRADIENT_CONFIG;
  // A hidden layer that began with zeros would learn nothing when it is trained from the start.
  const initialisation = { kernel: { kind: 'glorot-uniform' }, biasValue: 0 } as const;
  return { ...DEFAULT_GRADIENT_CONFIG, hiddenLayers: layers, initialisation };
}
