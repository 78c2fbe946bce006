import type { Plan } from './plan.ts';

const NUM_PHOTOS = 8;
const NUM_RUNS = 2;
/** A backend that needs longer for one photo is too slow to be measured with many. */
const SLOW_MS = 100;

/** Photos per second of a plan that has run before, on its backend. */
export async function measureSpeed(plan: Plan): Promise<number> {
  const batch = new Float32Array(NUM_PHOTOS * plan.inputSize);
  const singleMs = await durationOf(plan, batch.subarray(0, plan.inputSize), 1);
  if (singleMs > SLOW_MS) return 1000 / singleMs;
  // GPU programs are compiled anew for another batch size.
  await plan.run(batch, NUM_PHOTOS);
  let fastestMs = Infinity;
  for (let run = 0; run < NUM_RUNS; run++) {
    fastestMs = Math.min(fastestMs, await durationOf(plan, batch, NUM_PHOTOS));
  }
  return (NUM_PHOTOS * 1000) / fastestMs;
}

async function durationOf(plan: Plan, batch: Float32Array, numPhotos: number): Promise<number> {
  const startedAt = performance.now();
  await plan.run(batch, numPhotos);
  return performance.now() - startedAt;
}
