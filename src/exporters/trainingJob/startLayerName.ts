import type { CompletedRun } from '../../domain/trainingRun.ts';
import { cutNetwork } from '../../network/compose.ts';
import type { Network } from '../../network/network.ts';
import { kerasModel } from '../keras/kerasModel.ts';
import { withPixelInput } from '../pixelInput.ts';

/**
 * What the layer that training starts above is called in the Keras file, which can have several layers for
 * one; `null` where the whole base stays as it is. Errors: unsupported-layer.
 */
export function startLayerName(
  base: Network,
  { config, classifier }: Pick<CompletedRun, 'config' | 'classifier'>,
): string | null {
  const [position] = config.solver === 'deeper' ? (config.start?.positions ?? []) : [];
  if (position === undefined) return null;
  const below = withPixelInput(cutNetwork(base, position), classifier.preprocessing);
  return kerasModel(below).outputName;
}
