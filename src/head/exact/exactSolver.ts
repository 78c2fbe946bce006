import * as tf from '@tensorflow/tfjs-core';
import type { ExactConfig } from '../../domain/headConfig.ts';
import type { ExactChoice, FitProgress } from '../../domain/trainingRun.ts';
import type { Solver } from '../solver.ts';
import { foldStandardisation, measureStandardisation } from '../standardise.ts';
import type { LabelledActivations } from '../trainingSet.ts';
import { chooseSettings, type FoldBlocks, type Search } from './chooseSettings.ts';
import { columnFactors } from './columnFactors.ts';
import { fitToOptimum } from './fitToOptimum.ts';
import { dealViewFolds } from './folds.ts';
import { searchPaths } from './searchPaths.ts';
import { createBlock, type Block } from './softmaxProblem.ts';

const NUM_FOLDS = 3;

/**
 * Softmax regression with an L2 penalty (not on the bias) to its optimum, by L-BFGS over all photos at
 * once; an epoch is an iteration. Scaling and strength that the configuration leaves open are chosen
 * by cross-validation on the training part. The seed deals its folds; nothing else is random.
 */
export const solveExactly: Solver<ExactConfig> = async function* (set, config, signal) {
  const { train, validation, activationSize, numClasses } = set;
  const statistics = measureStandardisation(train.activations, activationSize);
  const { means } = statistics;
  const blocks: Block[] = [];
  const upload = (part: LabelledActivations, rows: readonly number[]) => {
    const block = createBlock(part, rows, means);
    blocks.push(block);
    return block;
  };
  try {
    const rows = dealViewFolds(train, NUM_FOLDS, config.seed);
    const folds = rows.folds.map(({ trained, measured }): FoldBlocks => {
      const block = upload(train, trained);
      return { trained: block, measured: measured === trained ? block : upload(train, measured) };
    });
    const always = rows.always.length > 0 ? [upload(train, rows.always)] : [];
    const held = validation && upload(validation, [...validation.classIndices.keys()]);

    const paths = searchPaths(config, statistics, folds.length > 1);
    const chosen = yield* settle({ paths, folds, always, numClasses, signal });
    const { factors, l2Unit } = columnFactors(chosen.scaling, statistics);
    const fitting = fitToOptimum({
      train: [...always, ...folds.map(({ trained }) => trained)],
      validation: held,
      penalised: { factors, l2: chosen.l2 / l2Unit, numClasses },
      signal,
    });
    let step = await fitting.next();
    while (step.done !== true) {
      yield { kind: 'epoch', metrics: step.value };
      step = await fitting.next();
    }
    const { point, isStoppedEarly } = step.value;
    const kernel = Float32Array.from(point.subarray(0, activationSize * numClasses));
    const bias = Float32Array.from(point.subarray(activationSize * numClasses));
    const divisors = factors.map((factor) => 1 / factor);
    const weights = foldStandardisation({ kernel, bias }, { means, divisors });
    return { weights, isStoppedEarly, chosen };
  } finally {
    for (const { inputs, transposed } of blocks) tf.dispose([inputs, transposed]);
  }
};

/** The settings, searched for where more than one is left. */
async function* settle(search: Search): AsyncGenerator<FitProgress, ExactChoice> {
  const [only, ...others] = search.paths.flatMap(({ scaling, strengths }) =>
    strengths.map((l2): ExactChoice => ({ scaling, l2 })),
  );
  if (only !== undefined && others.length === 0) return only;
  const choosing = chooseSettings(search);
  let step = await choosing.next();
  while (step.done !== true) {
    yield { kind: 'search', ...step.value };
    step = await choosing.next();
  }
  return step.value;
}
