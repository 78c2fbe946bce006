import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Cut } from '../../domain/cut.ts';
import { DEFAULT_DEEPER_CONFIG, type DeeperConfig } from '../../domain/headConfig.ts';
import { createPlan } from '../../engine/plan.ts';
import { invertedResidual, positionOf } from '../../engine/training/generatedBasesFixture.ts';
import { randomRows } from '../../engine/training/trainingFixture.ts';
import { pooledNetwork } from '../../network/compose.ts';
import type { Network } from '../../network/network.ts';
import type { Beginning, Solution, SolverProgress } from '../solver.ts';
import type { LabelledActivations, TrainingSet } from '../trainingSet.ts';
import { solveDeeper } from './solveDeeper.ts';
import { labelled } from './tuningFixture.ts';

export const INPUT_SHAPE = [6, 6, 8];
export const BASE = invertedResidual();
export const CUT: Cut = { positions: [positionOf(BASE, 'out_relu')], pooling: 'global-average' };
const start = {
  positions: [positionOf(BASE, 'add')],
  pooling: 'flatten',
  layer: 'add',
} as const;
export const CONFIG: DeeperConfig = {
  ...DEFAULT_DEEPER_CONFIG,
  start,
  learningRate: 0.003,
  epochs: 4,
  batchSize: 5,
};
export const PHOTOS = labelled(randomRows(15, 6 * 6 * 8));

export async function answersOf(each: Network, { activations, classIndices }: LabelledActivations) {
  const plan = createPlan(each, INPUT_SHAPE);
  const answers = await plan.run(activations, classIndices.length);
  plan.dispose();
  return answers;
}

/** What a run finds in storage: the whole outputs of the earlier cut. */
export async function storedPart(): Promise<LabelledActivations> {
  return { ...PHOTOS, activations: await answersOf(pooledNetwork(BASE, start), PHOTOS) };
}

export interface SolvedDeeper extends Solution {
  readonly losses: readonly number[];
  readonly train: LabelledActivations;
  /** After the last epoch, as storage would give it back. */
  readonly state: Checkpoint['state'];
}

/** A run to its end, with the photos of a set in place of the fixture's if it is given. */
export async function solved(
  config: DeeperConfig,
  changes: Partial<TrainingSet> = {},
  beginning: Beginning = {},
): Promise<SolvedDeeper> {
  const stored = await storedPart();
  const activationSize = stored.activations.length / stored.classIndices.length;
  const set = { train: stored, validation: null, activationSize, numClasses: 3, ...changes };
  const base = { network: BASE, cut: CUT, inputShape: INPUT_SHAPE };
  const losses: number[] = [];
  const states: Checkpoint['state'][] = [];
  const take = async (progress: SolverProgress) => {
    if (progress.kind !== 'epoch') return;
    losses.push(progress.metrics.loss);
    if (progress.readState !== undefined) states.push(structuredClone(await progress.readState()));
  };
  const execution = { signal: new AbortController().signal };
  const solving = solveDeeper(set, config, base, execution, beginning);
  let step = await solving.next();
  while (step.done !== true) {
    await take(step.value);
    step = await solving.next();
  }
  const state = states.at(-1);
  if (state === undefined) throw new Error('There was no epoch');
  return { ...step.value, losses, train: set.train, state };
}
