import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { createPlan, type Plan } from '../engine/plan.ts';
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

  it('begins the next batch before the answer to the last is back, and no more than one', async () => {
    const runner = new NetworkRunner();
    const begun: number[] = [];
    const answers: ((value: Float32Array) => void)[] = [];
    const plan: Plan = {
      inputSize: 1,
      outputSize: 1,
      run: ([value = 0]) => {
        begun.push(value);
        return new Promise((resolve) => answers.push(resolve));
      },
      dispose: () => undefined,
    };
    const slow = { key: 'slow', createPlan: () => Promise.resolve(plan) };
    const runs = [1, 2, 3].map((value) => runner.run(slow, 'cpu', Float32Array.of(value), 1));
    await vi.waitFor(() => expect(begun).toEqual([1, 2]));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toEqual([1, 2]);
    answers[0]?.(Float32Array.of(10));
    expect(await runs[0]).toEqual(Float32Array.of(10));
    await vi.waitFor(() => expect(begun).toEqual([1, 2, 3]));
  });

  it('lets a large network go before another is made', async () => {
    const runner = new NetworkRunner();
    const before = tf.memory().numBytes;
    /** A constant of 160 MB. */
    const large = (key: string): RunnableNetwork => ({
      key,
      createPlan: () => {
        expect(tf.memory().numBytes).toBe(before);
        const constant = tf.zeros([40 * 2 ** 20]);
        const dispose = () => constant.dispose();
        const run = () => Promise.resolve(new Float32Array(1));
        return Promise.resolve({ inputSize: 1, outputSize: 1, run, dispose });
      },
    });
    for (const key of ['first', 'second'])
      await runner.run(large(key), 'cpu', new Float32Array(1), 1);
    await runner.leave('cpu');
    expect(tf.memory().numBytes).toBe(before);
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
