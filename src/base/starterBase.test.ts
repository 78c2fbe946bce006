import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import { createPlan } from '../engine/plan.ts';
import { passesSelfTest, selfTestInput } from '../engine/selfTest.ts';
import { graphHash } from '../network/graphHash.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { baseRunnable, selfTestSpec } from './baseRunnable.ts';
import { fetchReference } from './referenceActivation.ts';

const modelJson = readFileSync('public/bases/starter/model.json', 'utf8');
const spec = selfTestSpec(STARTER_BASE);
/** The file begins with the kernel of `Conv1`. */
const FIRST_KERNEL_SIZE = 3 * 3 * 3 * 16;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

beforeEach(() => {
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  vi.stubGlobal('fetch', ({ pathname }: URL) =>
    Promise.resolve(new Response(readFileSync(join('public', pathname)))),
  );
});

function shippedWeights(): Uint16Array<ArrayBuffer> {
  return new Uint16Array(ownBuffer(readFileSync('public/bases/starter/weights.bin')));
}

function starterWith(weights: Uint16Array<ArrayBuffer>) {
  return loadTfjsLayers({ modelJson, weights: weights.buffer });
}

function planOf(weights: Uint16Array<ArrayBuffer>) {
  const loaded = { base: STARTER_BASE, network: starterWith(weights) };
  const { network, inputShape } = baseRunnable(loaded, STARTER_BASE.defaultCut);
  return createPlan(network(), inputShape);
}

async function referenceActivation(): Promise<Float32Array> {
  const reference = await fetchReference(STARTER_BASE);
  if (reference === null) throw new Error('The starter base has no self-test');
  return reference;
}

describe('the starter base', () => {
  it('gives the activation that PyTorch computed for the self-test, to its last decimal', async () => {
    const plan = planOf(shippedWeights());
    const reference = await referenceActivation();
    const activation = await plan.run(selfTestInput(spec), 1);
    expect(activation).toHaveLength(1280);
    const distances = activation.map((value, i) => Math.abs(value - (reference[i] ?? NaN)));
    // The file has five decimals.
    expect(Math.max(...distances)).toBeLessThan(2e-5);
    expect(await passesSelfTest(plan, spec, reference)).toBe(true);
    plan.dispose();
  });

  it('fails the self-test when one weight of its first layer has another sign', async () => {
    const weights = shippedWeights();
    const magnitudes = weights.subarray(0, FIRST_KERNEL_SIZE).map((bits) => bits & 0x7fff);
    const position = magnitudes.indexOf(Math.max(...magnitudes));
    weights[position] = (weights[position] ?? 0) ^ 0x8000;
    const plan = planOf(weights);
    expect(await passesSelfTest(plan, spec, await referenceActivation())).toBe(false);
    plan.dispose();
  });

  it.each([0, 200_000, 410_207])(
    'is another base when the last bit of weight %i flips',
    async (at) => {
      const weights = shippedWeights();
      expect(await graphHash(starterWith(weights))).toBe(STARTER_BASE.graphHash);
      weights[at] = (weights[at] ?? 0) ^ 1;
      expect(await graphHash(starterWith(weights))).not.toBe(STARTER_BASE.graphHash);
    },
  );
});
