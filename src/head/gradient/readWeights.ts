import type { HeadWeights, HiddenWeights } from '../../domain/head.ts';
import { EPSILON } from './forward.ts';
import type { LayerVariables } from './layers.ts';

/** The layers' weights as they are now, with batch norms folded into the layers that they follow. */
export function readWeights(layers: readonly LayerVariables[]): HeadWeights {
  const hidden: HiddenWeights[] = [];
  let output: HeadWeights | null = null;
  for (const layer of layers) {
    const { activation } = layer;
    if (activation === 'linear') output = readLayer(layer);
    else hidden.push({ ...readLayer(layer), activation });
  }
  if (output === null) throw new Error('There is no output layer');
  return hidden.length > 0 ? { hidden, ...output } : output;
}

function readLayer({ kernel, bias, batchNorm }: LayerVariables) {
  const weights = { kernel: kernel.dataSync<'float32'>(), bias: bias.dataSync<'float32'>() };
  if (batchNorm === null) return { kernel: weights.kernel.slice(), bias: weights.bias.slice() };
  const [gamma, beta, mean, variance] = [
    batchNorm.gamma,
    batchNorm.beta,
    batchNorm.mean,
    batchNorm.variance,
  ].map((variable) => variable.dataSync<'float32'>());
  const factorOf = (unit: number) =>
    (gamma?.[unit] ?? 1) / Math.sqrt((variance?.[unit] ?? 1) + EPSILON);
  const numUnits = weights.bias.length;
  return {
    kernel: weights.kernel.map((value, position) => value * factorOf(position % numUnits)),
    bias: weights.bias.map(
      (value, unit) => (value - (mean?.[unit] ?? 0)) * factorOf(unit) + (beta?.[unit] ?? 0),
    ),
  };
}
