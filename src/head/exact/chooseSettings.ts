import type { CountProgress } from '../../bridge/protocol.ts';
import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import type { ExactChoice } from '../../domain/trainingRun.ts';
import { createBreather } from '../breather.ts';
import { minimise } from './lbfgs.ts';
import type { SearchPath } from './searchPaths.ts';
import { measureBlock, penalisedLoss, type Block, type Penalised } from './softmaxProblem.ts';

/** Training photos that are held out together. */
export interface FoldBlocks {
  /** With their views. */
  readonly trained: Block;
  /** As they are. */
  readonly measured: Block;
}

export interface Search {
  readonly paths: readonly SearchPath[];
  /** To be held out in turn. */
  readonly folds: readonly FoldBlocks[];
  /** Training photos that are never held out. */
  readonly always: readonly Block[];
  readonly numClasses: number;
  readonly signal: AbortSignal;
}

interface Score {
  readonly l2: number;
  /** Cross-entropy of all photos, each while it was held out. */
  readonly loss: number;
}

/** Enough to rank settings by; the fit that counts goes on to the optimum. */
const LOOSE = { gradientTolerance: 3e-3, maxIterations: 100 };

/**
 * Cross-validates the settings of all paths and gives those under which photos are likeliest while
 * they are held out, the first of equals. Errors: cancelled, loss-not-finite.
 */
export async function* chooseSettings(search: Search): AsyncGenerator<CountProgress, ExactChoice> {
  const numFits = ({ strengths }: SearchPath) => strengths.length * search.folds.length;
  const total = search.paths.reduce((sum, path) => sum + numFits(path), 0);
  let numBefore = 0;
  let best: (ExactChoice & Score) | null = null;
  for (const path of search.paths) {
    const scoring = bestOnPath(path, search);
    let step = await scoring.next();
    while (step.done !== true) {
      yield { done: numBefore + step.value, total };
      step = await scoring.next();
    }
    const { scaling } = path;
    if (step.value.loss < (best?.loss ?? Infinity)) best = { scaling, ...step.value };
    numBefore += numFits(path);
  }
  if (best === null) {
    throw new GraftError('loss-not-finite', 'No setting has a finite loss', { epoch: 1 });
  }
  return { scaling: best.scaling, l2: best.l2 };
}

/**
 * Gives the number of fits done before each. Every fit begins at the weights of the one before, and
 * the path ends where the likelihood falls.
 */
async function* bestOnPath(path: SearchPath, search: Search): AsyncGenerator<number, Score> {
  const { strengths, factors, l2Unit } = path;
  const { folds, numClasses } = search;
  const start = new Float64Array((factors.length + 1) * numClasses);
  const points = folds.map((): Float64Array => start);
  let best: Score = { l2: 0, loss: Infinity };
  for (const [index, l2] of strengths.entries()) {
    const penalised = { factors, l2: l2 / l2Unit, numClasses };
    let loss = 0;
    for (const [fold, { measured }] of folds.entries()) {
      yield index * folds.length + fold;
      const others = folds.filter((_, other) => other !== fold).map(({ trained }) => trained);
      const trained = [...search.always, ...others];
      const point = await fitLoosely(trained, penalised, points[fold] ?? start, search);
      points[fold] = point;
      loss += measureBlock(measured, point, factors).loss * measured.classIndices.length;
    }
    if (!(loss < best.loss)) break;
    best = { l2, loss };
  }
  return best;
}

async function fitLoosely(
  blocks: readonly Block[],
  penalised: Penalised,
  start: Float64Array,
  { signal }: Search,
): Promise<Float64Array> {
  const breathe = createBreather();
  let reached = start;
  for (const { point } of minimise(penalisedLoss(blocks, penalised), start, LOOSE)) {
    await breathe();
    throwIfCancelled(signal);
    reached = point;
  }
  return reached;
}
