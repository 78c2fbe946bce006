import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { OptimizerConfig } from '../../domain/gradientSettings.ts';
import type { GradientConfig } from '../../domain/headConfig.ts';
import type { RunId } from '../../domain/ids.ts';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { CONVERGING, formulaSet } from '../trainingSetFixture.ts';
import type { SolverProgress } from '../solver.ts';
import { solveByGradient } from './gradientSolver.ts';

const OPTIMIZERS: readonly OptimizerConfig[] = [
  { kind: 'sgd' },
  { kind: 'momentum', momentum: 0.9 },
  { kind: 'nesterov', momentum: 0.9 },
  { kind: 'adam' },
  { kind: 'adamw', weightDecay: 0.01 },
  { kind: 'rmsprop' },
  { kind: 'adagrad' },
];

const HIDDEN = { units: 6, activation: 'relu', hasBatchNorm: true, dropout: 0.3 } as const;

/** All that has a state. */
const FULL: GradientConfig = {
  ...CONVERGING,
  epochs: 9,
  batchSize: 7,
  learningRate: 0.02,
  hiddenLayers: [HIDDEN, { ...HIDDEN, hasBatchNorm: false }],
  schedule: { ...CONVERGING.schedule, kind: 'cosine', warmUpEpochs: 2 },
  earlyStopping: { patience: 20 },
};

const SET = formulaSet(30, 9);

interface Fit {
  readonly weights: unknown;
  readonly curve: readonly (readonly unknown[])[];
}

const pointOf = ({ epoch, loss, accuracy, validationLoss }: EpochMetrics) => [
  epoch,
  loss,
  accuracy,
  validationLoss,
];

async function stateOf(progress: SolverProgress): Promise<Checkpoint['state']> {
  if (progress.kind !== 'epoch' || progress.readState === undefined) throw new Error('No state');
  return progress.readState();
}

/** Fits to the end; `killAfter` an epoch nothing is left but a copy of its state, as storage would have it. */
async function fit(config: GradientConfig, killAfter: number | null): Promise<Fit> {
  const { signal } = new AbortController();
  const epochs: EpochMetrics[] = [];
  let solving = solveByGradient(SET, config, signal);
  let step = await solving.next();
  while (step.done !== true) {
    if (step.value.kind !== 'epoch') throw new Error('There is nothing to search for');
    epochs.push(step.value.metrics);
    if (step.value.metrics.epoch === killAfter) {
      const state = structuredClone(await stateOf(step.value));
      await solving.return(undefined as never);
      const checkpoint: Checkpoint = { runId: 'run' as RunId, epochs, durationMs: 0, state };
      solving = solveByGradient(SET, config, signal, { checkpoint });
    }
    step = await solving.next();
  }
  return { weights: step.value.weights, curve: epochs.map(pointOf) };
}

describe.each(TEST_BACKENDS)('a fit that goes on from a checkpoint on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(OPTIMIZERS)('gives the same bits with $kind', async (optimizer) => {
    const config = { ...FULL, optimizer };
    const atOnce = await fit(config, null);
    expect(atOnce.curve.length).toBeGreaterThan(4);
    expect(await fit(config, 4)).toEqual(atOnce);
  });

  it('keeps the weights of the best epoch before it', async () => {
    const earlyStopping = { patience: 3 };
    const config = { ...FULL, optimizer: { kind: 'sgd' }, learningRate: 3, earlyStopping } as const;
    const atOnce = await fit(config, null);
    expect(atOnce.curve.length).toBeLessThan(config.epochs);
    expect(await fit(config, atOnce.curve.length - 1)).toEqual(atOnce);
  });
});
