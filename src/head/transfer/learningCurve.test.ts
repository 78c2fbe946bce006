import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random.ts';
import type { LearningCurvePoint } from '../../domain/learningCurve.ts';
import type { FoldTask } from './answerHeldOut.ts';
import { crossValidate } from './crossValidate.ts';
import { measureLearningCurve } from './measureLearningCurve.ts';
import { doublings, nestedSubsets } from './nestedSubsets.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Two classes of `counts` photos, `signal` apart in the first of four values. */
function taskOf(counts: readonly [number, number], signal: number): FoldTask {
  const { next } = createRandom(3);
  const classes = counts.flatMap((count, index) => Array.from({ length: count }, () => index));
  const rows = classes.map((index) => [next() + signal * index, next(), next(), next()]);
  const data = {
    activations: Float32Array.from(rows.flat()),
    classIndices: Int32Array.from(classes),
  };
  return { data, numClasses: 2, seed: 1, signal: new AbortController().signal };
}

async function run<Result>(generator: AsyncGenerator<number, Result>) {
  const shares: number[] = [];
  let step = await generator.next();
  while (step.done !== true) {
    shares.push(step.value);
    step = await generator.next();
  }
  return { shares, result: step.value };
}

const measure = async (task: FoldTask): Promise<readonly LearningCurvePoint[]> =>
  (await run(measureLearningCurve(task))).result;

describe('nested subsets', () => {
  const classIndices = Int32Array.from({ length: 30 }, (_, row) => (row < 24 ? 0 : 1));
  const rows = [...classIndices.keys()].slice(2);
  const subsets = nestedSubsets(classIndices, rows, doublings(22), 1);

  it('double in each class until it gives all', () => {
    const ofClass = (index: number) =>
      subsets.map((subset) => subset.filter((row) => classIndices[row] === index).length);
    expect(ofClass(0)).toEqual([1, 2, 4, 8, 16, 22]);
    expect(ofClass(1)).toEqual([1, 2, 4, 6, 6, 6]);
  });

  it('each hold the one before', () => {
    for (const [index, subset] of subsets.slice(1).entries()) {
      expect(subset).toEqual(expect.arrayContaining([...(subsets[index] ?? [])]));
    }
    expect(subsets.at(-1)).toEqual(rows);
  });

  it('are others for another seed', () => {
    expect(nestedSubsets(classIndices, rows, doublings(22), 2)[1]).not.toEqual(subsets[1]);
  });
});

describe('the learning curve', () => {
  it('rises with photos where there is something to learn, to the accuracy of the check', async () => {
    const task = taskOf([30, 30], 0.8);
    const { shares, result: points } = await run(measureLearningCurve(task));
    expect(points.map(({ photosPerClass }) => photosPerClass)).toEqual([1, 2, 4, 8, 16, 20]);
    expect(points.map(({ numDraws }) => numDraws)).toEqual([3, 3, 3, 3, 3, 1]);
    const { result: answers } = await run(crossValidate(task));
    const numRight = answers.filter(
      ({ row, predictedIndex }) => task.data.classIndices[row] === predictedIndex,
    ).length;
    expect(points.at(-1)?.accuracy).toBeCloseTo(numRight / 60, 9);
    expect(points.at(-1)?.accuracy).toBeGreaterThan((points[0]?.accuracy ?? 1) + 0.05);
    for (const { accuracy, interval } of points) {
      expect(interval.low).toBeLessThanOrEqual(accuracy);
      expect(interval.high).toBeGreaterThanOrEqual(accuracy);
    }
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('stays at chance where there is nothing to learn', async () => {
    const points = await measure(taskOf([24, 24], 0));
    expect(points.at(-1)?.interval.low).toBeLessThan(0.5);
    expect(points.at(-1)?.interval.high).toBeGreaterThan(0.4);
  });

  it('goes on where one class is small', async () => {
    const points = await measure(taskOf([30, 3], 1));
    expect(points.at(-1)?.photosPerClass).toBeCloseTo(11, 9);
  });

  it('needs a class with two photos, and ends when cancelled', async () => {
    await expect(measure(taskOf([1, 1], 1))).rejects.toMatchObject({ code: 'too-few-classes' });
    const cancelled = { ...taskOf([9, 9], 1), signal: AbortSignal.abort() };
    await expect(measure(cancelled)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
