import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createPlan } from '../engine/plan.ts';
import type { Network } from '../network/network.ts';
import { NetworkRunner, type RunnableNetwork } from './networkRunner.ts';

/** A dense layer that multiplies by `factor`. */
function scaling(factor: number): RunnableNetwork {
  const network: Network = {
    layers: [
      { kind: 'input', shape: [1], name: 'in', inputs: [], tensors: {} },
      {
        kind: 'dense',
        activation: 'linear',
        name: 'scale',
        inputs: [0],
        tensors: { kernel: { shape: [1, 1], values: Float32Array.of(factor) } },
      },
    ],
  };
  return {
    key: `scale ${factor}`,
    createPlan: () => Promise.resolve(createPlan(network, [1])),
  };
}

const run = (runner: NetworkRunner, factor: number, value: number) =>
  runner.withPlan(scaling(factor), 'cpu', (plan) => plan.run(Float32Array.of(value), 1));

describe('NetworkRunner', () => {
  it('runs one network after the other, in the order in which they came', async () => {
    const runner = new NetworkRunner();
    const order: string[] = [];
    const slow = runner.withPlan(scaling(2), 'cpu', async () => {
      order.push('slow begins');
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('slow ends');
    });
    const quick = runner.withPlan(scaling(3), 'cpu', () => Promise.resolve(order.push('quick')));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['slow begins', 'slow ends', 'quick']);
  });

  it('goes on after a run that failed', async () => {
    const runner = new NetworkRunner();
    const failing = runner.withPlan(scaling(2), 'cpu', () => Promise.reject(new Error('lost')));
    await expect(failing).rejects.toThrow('lost');
    expect([...(await run(runner, 2, 21))]).toEqual([42]);
  });

  it('keeps plans for the next batch, but not more than a few', async () => {
    const runner = new NetworkRunner();
    const before = tf.memory().numTensors;
    await run(runner, 2, 1);
    await run(runner, 2, 1);
    expect(tf.memory().numTensors - before).toBe(1);
    for (let factor = 1; factor <= 20; factor++) await run(runner, factor, 1);
    expect(tf.memory().numTensors - before).toBe(6);
    await runner.leave('cpu');
    expect(tf.memory().numTensors).toBe(before);
  });
});
