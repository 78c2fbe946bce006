import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '../engine/fileReaderSyncFixture.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import { openBase } from '../engine/openBase.ts';
import { createPlan } from '../engine/plan.ts';
import { passesSelfTest, selfTestInput } from '../engine/selfTest.ts';
import { pooledNetwork } from '../network/compose.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { selfTestSpec } from './baseRunnable.ts';
import { fetchReference } from './referenceActivation.ts';

const WEIGHTS = 'public/bases/starter/weights.bin';
/** The file begins with the kernel of `Conv1`. */
const FIRST_KERNEL_SIZE = 3 * 3 * 3 * 16;
const spec = selfTestSpec(STARTER_BASE);

let weights: Uint16Array<ArrayBuffer>;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

beforeEach(() => {
  weights = new Uint16Array(ownBuffer(readFileSync(WEIGHTS)));
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  vi.stubGlobal('fetch', ({ pathname }: URL) => Promise.resolve(answer(join('public', pathname))));
});

/** The app's own files, but for the weights as the test has left them. */
function answer(file: string): Response {
  if (file === WEIGHTS) return new Response(weights);
  return existsSync(file) ? new Response(readFileSync(file)) : new Response('', { status: 404 });
}

/** Of the weights as the test has left them. */
function starterPlan() {
  const modelJson = readFileSync('public/bases/starter/model.json', 'utf8');
  const network = loadTfjsLayers({ modelJson, weights: weights.buffer });
  const { inputHeight, inputWidth, defaultCut } = STARTER_BASE;
  return createPlan(pooledNetwork(network, defaultCut), [inputHeight, inputWidth, 3]);
}

async function readReference(): Promise<Float32Array> {
  const reference = await fetchReference(STARTER_BASE);
  if (reference === null) throw new Error('The starter base has no self-test');
  return reference;
}

describe('the starter base', () => {
  it('gives the activation that PyTorch computed for the self-test, to its last decimal', async () => {
    const plan = starterPlan();
    const reference = await readReference();
    const activation = await plan.run(selfTestInput(spec), 1);
    expect(activation).toHaveLength(1280);
    const distances = activation.map((value, i) => Math.abs(value - (reference[i] ?? NaN)));
    // The file has five decimals.
    expect(Math.max(...distances)).toBeLessThan(2e-5);
    expect(await passesSelfTest(plan, spec, reference)).toBe(true);
    plan.dispose();
  });

  it('fails the self-test when one weight of its first layer has another sign', async () => {
    const magnitudes = weights.subarray(0, FIRST_KERNEL_SIZE).map((bits) => bits & 0x7fff);
    const position = magnitudes.indexOf(Math.max(...magnitudes));
    weights[position] = (weights[position] ?? 0) ^ 0x8000;
    const plan = starterPlan();
    expect(await passesSelfTest(plan, spec, await readReference())).toBe(false);
    plan.dispose();
  });

  it('is accepted as it ships', async () => {
    const { base, network } = await openBase(STARTER_BASE.id, undefined);
    expect(base).toBe(STARTER_BASE);
    expect(network).toHaveProperty('layers.length', 155);
  });

  it.each([0, 200_000, 410_207])('is refused when the last bit of weight %i flips', async (at) => {
    weights[at] = (weights[at] ?? 0) ^ 1;
    await expect(openBase(STARTER_BASE.id, undefined)).rejects.toMatchObject({
      code: 'base-hash-mismatch',
      details: { expected: STARTER_BASE.graphHash },
    });
  });
});
