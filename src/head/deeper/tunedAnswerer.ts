import type { Head } from '../../domain/head.ts';
import type { DeeperConfig } from '../../domain/headConfig.ts';
import { createTrainable } from '../../engine/training/trainable.ts';
import { classifierInPlace } from '../../network/compose.ts';
import { withTuned } from '../../network/tunedNetwork.ts';
import type { Answerer } from '../answerer.ts';
import { answerRows, toProbabilities } from './answerRows.ts';
import type { DeeperBase } from './solveDeeper.ts';

/** The tuned layers and the head on top, for what the layer puts out at which their training started. */
export function createTunedAnswerer(
  base: DeeperBase,
  { start, batchSize }: Pick<DeeperConfig, 'start' | 'batchSize'>,
  { weights, tuned }: Pick<Head, 'weights' | 'tuned'>,
): Answerer {
  const network = classifierInPlace({
    network: withTuned(base.network, tuned),
    cut: base.cut,
    head: weights,
  });
  const options = { inputShape: base.inputShape, batchNorm: 'frozen', dropoutRate: 0 } as const;
  const trainable = createTrainable(network, { positions: start?.positions ?? [] }, options);
  return {
    answer: async (part) =>
      toProbabilities(await answerRows(trainable, part, batchSize), weights.bias.length),
    dispose: () => trainable.dispose(),
  };
}
