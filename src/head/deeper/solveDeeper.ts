import type { Cut } from '../../domain/cut.ts';
import { GraftError } from '../../domain/errors.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { DEFAULT_EXACT_CONFIG, type DeeperConfig } from '../../domain/headConfig.ts';
import { deviceMemoryGib, trainingBudgetBytes } from '../../domain/trainingBudget.ts';
import type { FitProgress } from '../../domain/trainingRun.ts';
import { createTrainable } from '../../engine/training/trainable.ts';
import { requireTrainingMemory } from '../../engine/training/trainingMemory.ts';
import { classifierInPlace, pooledInPlace } from '../../network/compose.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import type { Layer, Network } from '../../network/network.ts';
import { tunedTensors, withTuned } from '../../network/tunedNetwork.ts';
import { solveExactly } from '../exact/exactSolver.ts';
import type { Beginning, LearntHead, Solution, SolverProgress } from '../solver.ts';
import type { LabelledActivations, TrainingSet } from '../trainingSet.ts';
import { answerRows, toProbabilities } from './answerRows.ts';
import { headForClasses, needsFit } from './headForClasses.ts';
import { tuneNetwork, type TuningCheckpoint } from './tuneNetwork.ts';

/** The base whose layers are trained. */
export interface DeeperBase {
  readonly network: Network;
  /** The project's, whose pooled output the head takes. */
  readonly cut: Cut;
  /** [height, width, channels] */
  readonly inputShape: readonly number[];
}

export interface DeeperExecution {
  readonly signal: AbortSignal;
  /** Called when the head to begin with is found, which a backend is needed for that can be read at once. */
  readonly startTraining?: () => Promise<void>;
}

/**
 * Trains the base's layers between an earlier cut and the project's, with a softmax layer on top. The set
 * has the whole outputs of the earlier cut. The softmax layer begins at the optimum for the base as it is,
 * so that its first errors do not spoil what the base knows: Kumar et al., "Fine-Tuning can Distort
 * Pretrained Features and Underperform Out-of-Distribution" (2022). One that goes on from a head begins with
 * that and the layers that were tuned with it; see `headForClasses`.
 * Errors: those of `tuneNetwork` and of the exact solver.
 */
export async function* solveDeeper(
  set: TrainingSet,
  config: DeeperConfig,
  base: DeeperBase,
  { signal, startTraining }: DeeperExecution,
  { checkpoint = null, head: learnt }: Beginning = {},
): AsyncGenerator<SolverProgress, Solution> {
  const positions = config.start?.positions ?? [];
  const { inputShape } = base;
  const demands = { ...config, positions, inputShape, optimizer: config.optimizer.kind };
  const availableBytes = trainingBudgetBytes(deviceMemoryGib());
  const withHead = (head: HeadWeights) => classifierInPlace({ ...base, head });
  const empty = emptyHead(base, set);
  requireTrainingMemory({ ...demands, network: withHead(empty) }, availableBytes);

  // What a checkpoint goes on with takes the head's place.
  const head =
    checkpoint === null ? yield* firstHead(set, config, base, { learnt, signal }) : empty;
  await startTraining?.();
  const running = tuneNetwork(
    {
      network: withHead(head),
      tuned: learnt?.tuned ?? [],
      // The same configuration left it.
      checkpoint: checkpoint as TuningCheckpoint | null,
      ...{ positions, inputShape, set, settings: config, seed: config.seed, availableBytes },
    },
    signal,
  );
  let step = await running.next();
  while (step.done !== true) {
    yield { kind: 'epoch', ...step.value };
    step = await running.next();
  }
  const { network, isStoppedEarly } = step.value;
  return {
    weights: headOf(network.layers.at(-1)),
    tuned: tunedTensors(base.network, network),
    isStoppedEarly,
    answer: async (part) =>
      toProbabilities(await answersOf(network, config, inputShape, part), set.numClasses),
  };
}

/** What training begins with where it has not begun: an exact head, or as much of a learnt one as is left. */
async function* firstHead(
  set: TrainingSet,
  config: DeeperConfig,
  base: DeeperBase,
  { learnt, signal }: { readonly learnt: LearntHead | undefined; readonly signal: AbortSignal },
): AsyncGenerator<FitProgress, HeadWeights> {
  const network = withTuned(base.network, learnt?.tuned);
  const isFitted = needsFit(set, learnt);
  const fitted = isFitted
    ? yield* probe(set, config, { ...base, network }, signal)
    : emptyHead(base, set);
  return learnt === undefined ? fitted : headForClasses(learnt, set.labelIds ?? [], fitted);
}

/** The exact head for the base as it is given, on the training part alone. */
async function* probe(
  { train, numClasses }: TrainingSet,
  config: DeeperConfig,
  { network, cut, inputShape }: DeeperBase,
  signal: AbortSignal,
): AsyncGenerator<FitProgress, HeadWeights> {
  const pooled = pooledInPlace(network, cut);
  const activations = await answersOf(pooled, config, inputShape, train);
  const activationSize = activations.length / train.classIndices.length;
  const set = { train: { ...train, activations }, validation: null, activationSize, numClasses };
  const solving = solveExactly(set, { ...DEFAULT_EXACT_CONFIG, seed: config.seed }, signal);
  let step = await solving.next();
  while (step.done !== true) {
    // Its iterations are no epochs of this run.
    if (step.value.kind === 'search') yield step.value;
    step = await solving.next();
  }
  return step.value.weights;
}

/** What `network` gives for a part's activations at the earlier cut, as it predicts. */
async function answersOf(
  network: Network,
  { start, batchSize }: DeeperConfig,
  inputShape: readonly number[],
  part: LabelledActivations,
): Promise<Float32Array> {
  const options = { inputShape, batchNorm: 'frozen', dropoutRate: 0 } as const;
  const trainable = createTrainable(network, { positions: start?.positions ?? [] }, options);
  try {
    return await answerRows(trainable, part, batchSize);
  } finally {
    trainable.dispose();
  }
}

/** Of the right size, for what is to be known beforehand. */
function emptyHead({ network, cut, inputShape }: DeeperBase, { numClasses }: TrainingSet) {
  const size = inferShapes(pooledInPlace(network, cut), inputShape).at(-1)?.[0] ?? 0;
  return { kernel: new Float32Array(size * numClasses), bias: new Float32Array(numClasses) };
}

function headOf(layer: Layer | undefined): HeadWeights {
  const { kernel, bias } = layer?.tensors ?? {};
  if (kernel === undefined || bias === undefined) {
    throw new GraftError('internal', 'The network has no softmax layer');
  }
  return { kernel: kernel.values, bias: bias.values };
}
