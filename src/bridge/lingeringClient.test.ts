import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { createLingeringClient } from './lingeringClient.ts';
import { serve } from './serve.ts';

interface TestMethods {
  /** Which worker it is that answers. */
  number: { params: null; result: number; progress: never };
  fail: { params: null; result: never; progress: never };
  never: { params: null; result: never; progress: never };
}

const IDLE_MS = 1000;

let workers: FakeWorker[] = [];

/** Serves the methods on this thread until it is ended. */
class FakeWorker {
  readonly #channel = new MessageChannel();
  isRunning = true;

  constructor(number: number) {
    const { port1, port2 } = this.#channel;
    serve<TestMethods>(port2, {
      number: () => Promise.resolve(number),
      fail: () => Promise.reject(new GraftError('export-unreadable', 'No model')),
      never: () => new Promise(() => undefined),
    });
    for (const port of [port1, port2]) port.start();
  }

  postMessage(message: unknown): void {
    this.#channel.port1.postMessage(message);
  }

  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void {
    this.#channel.port1.addEventListener(type, listener);
  }

  terminate(): void {
    this.isRunning = false;
    this.#channel.port1.close();
  }
}

function connect() {
  return createLingeringClient<TestMethods>(() => {
    const worker = new FakeWorker(workers.length + 1);
    workers.push(worker);
    return worker as unknown as Worker;
  }, IDLE_MS);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  for (const worker of workers) worker.terminate();
  workers = [];
});

it('starts a worker with the first call, and keeps it for calls that follow soon', async () => {
  const call = connect();
  expect(workers).toHaveLength(0);
  expect(await call('number', null)).toBe(1);
  vi.advanceTimersByTime(IDLE_MS - 1);
  expect(await call('number', null)).toBe(1);
  vi.advanceTimersByTime(IDLE_MS - 1);
  expect(workers.map(({ isRunning }) => isRunning)).toEqual([true]);
});

it('ends it when nothing was asked for a while, and starts another then', async () => {
  const call = connect();
  await call('number', null);
  vi.advanceTimersByTime(IDLE_MS);
  expect(workers[0]?.isRunning).toBe(false);
  expect(await call('number', null)).toBe(2);
});

it('does not end it while a call is under way', async () => {
  const call = connect();
  const unanswered = call('never', null);
  await call('number', null);
  vi.advanceTimersByTime(2 * IDLE_MS);
  expect(workers[0]?.isRunning).toBe(true);
  unanswered.catch(() => undefined);
});

it('ends it with a call that fails', async () => {
  const call = connect();
  await expect(call('fail', null)).rejects.toMatchObject({ code: 'export-unreadable' });
  expect(workers[0]?.isRunning).toBe(false);
  expect(await call('number', null)).toBe(2);
});

it('ends it with a call that is cancelled, and cancels what is beside it', async () => {
  const call = connect();
  const controller = new AbortController();
  const beside = expect(call('never', null)).rejects.toMatchObject({ code: 'cancelled' });
  const cancelled = call('never', null, { signal: controller.signal });
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  await beside;
  expect(workers[0]?.isRunning).toBe(false);
});
