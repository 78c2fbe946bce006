import { afterEach, expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { createClient, type Client } from './client.ts';
import { serve, Transferred, type Handlers } from './serve.ts';

interface TestMethods {
  double: { params: number; result: number; progress: never };
  count: { params: { upTo: number }; result: number; progress: number };
  fail: { params: null; result: never; progress: never };
  untilCancelled: { params: null; result: string; progress: 'started' };
  bytes: { params: Uint8Array<ArrayBuffer>; result: Uint8Array<ArrayBuffer>; progress: never };
}

const handlers: Handlers<TestMethods> = {
  double: (value) => Promise.resolve(value * 2),
  count: async ({ upTo }, { report }) => {
    for (let i = 1; i <= upTo; i++) report(await Promise.resolve(i));
    return upTo;
  },
  fail: () =>
    Promise.reject(new GraftError('unsupported-layer', 'No such layer', { layer: 'conv' })),
  untilCancelled: (_, { signal, report }) =>
    new Promise((_resolve, reject) => {
      report('started');
      signal.addEventListener('abort', () => {
        reject(new GraftError('cancelled', 'Cancelled'));
      });
    }),
  bytes: (bytes) => Promise.resolve(new Transferred(bytes, [bytes.buffer])),
};

const ports: MessagePort[] = [];

function connect(): Client<TestMethods> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serve(port2, handlers);
  const call = createClient<TestMethods>(port1);
  for (const port of [port1, port2]) port.start();
  return call;
}

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

it('answers calls that are under way at once, each with its own result', async () => {
  const call = connect();
  expect(await Promise.all([call('double', 2), call('double', 21)])).toEqual([4, 42]);
});

it('reports progress in order before the result', async () => {
  const seen: number[] = [];
  const result = await connect()('count', { upTo: 3 }, { onProgress: (value) => seen.push(value) });
  expect(seen).toEqual([1, 2, 3]);
  expect(result).toBe(3);
});

it('keeps an error’s code and details across the boundary', async () => {
  const failure = connect()('fail', null);
  await expect(failure).rejects.toBeInstanceOf(GraftError);
  await expect(failure).rejects.toMatchObject({
    code: 'unsupported-layer',
    details: { layer: 'conv' },
  });
});

it('cancels the call whose signal is aborted, and no other', async () => {
  const call = connect();
  const controller = new AbortController();
  const cancelled = call('untilCancelled', null, {
    signal: controller.signal,
    onProgress: () => {
      controller.abort();
    },
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(await call('double', 4)).toBe(8);
});

it('does not send a call that was cancelled before', async () => {
  const call = connect()('double', 1, { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

it('moves buffers instead of copying them', async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const back = await connect()('bytes', bytes, { transfer: [bytes.buffer] });
  expect([...back]).toEqual([1, 2, 3]);
  expect(bytes.byteLength).toBe(0);
});

it('rejects what is under way when the worker crashes', async () => {
  const { port1 } = new MessageChannel();
  ports.push(port1);
  const listeners: ((event: Event) => void)[] = [];
  const call = createClient<TestMethods>({
    postMessage: () => undefined,
    addEventListener: (type: string, listener: (event: never) => void) => {
      if (type === 'error') listeners.push(listener as (event: Event) => void);
    },
  });
  const pending = call('double', 1);
  for (const listener of listeners) listener(new Event('error'));
  await expect(pending).rejects.toMatchObject({ code: 'worker-crashed' });
});
