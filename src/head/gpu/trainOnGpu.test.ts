import { afterEach, expect, it, vi } from 'vitest';
import { toWireError } from '../../bridge/wireError.ts';
import type { Reply, Request } from '../../bridge/wireMessages.ts';
import { GraftError, type GraftErrorCode } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { trainOnGpu } from './trainOnGpu.ts';

const run = { id: 'run' as RunId } as unknown as TrainingRun;
const PAUSED = { status: 'paused', epochs: [] } as const;
const EPOCH = {
  kind: 'epoch',
  metrics: {
    ...{ epoch: 1, loss: 1, accuracy: 1, validationLoss: null, validationAccuracy: null },
    durationMs: 1,
  },
} as const;

/** A worker that answers each request with what `answer` sends. */
function stubWorker(answer: (request: Request, send: (reply: Reply) => void) => void) {
  const ended = vi.fn();
  class FakeWorker extends EventTarget {
    readonly terminate = ended;
    postMessage(request: Request) {
      answer(request, (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    }
  }
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('navigator', {});
  return ended;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const contextOf = (report = vi.fn()) => ({ signal: new AbortController().signal, report });
const train = (isPausing: () => boolean, report = vi.fn()) =>
  trainOnGpu({ run, backend: 'webgl', isPausing }, contextOf(report));

it('tells of each epoch, passes a pause on, and ends its worker', async () => {
  const paused: unknown[] = [];
  const ended = stubWorker((request, send) => {
    if (request.kind !== 'call') return;
    const { id, method, params } = request;
    if (method === 'pauseTraining') {
      paused.push(params);
      send({ kind: 'ok', id: 1, result: PAUSED });
      return;
    }
    expect(params).toEqual({ run, backend: 'webgl' });
    send({ kind: 'progress', id, value: EPOCH });
  });
  const report = vi.fn();
  await expect(train(() => true, report)).resolves.toEqual(PAUSED);
  expect(report).toHaveBeenCalledWith(EPOCH);
  expect(paused).toEqual([{ runId: 'run' }]);
  expect(ended).toHaveBeenCalledOnce();
});

it.each<[GraftErrorCode, 'moves' | 'fails']>([
  ['backend-unavailable', 'moves'],
  ['internal', 'moves'],
  ['loss-not-finite', 'moves'],
  ['cancelled', 'fails'],
  ['training-too-large', 'fails'],
  ['not-found', 'fails'],
])('where its worker ends with %s, the training %s', async (code, expected) => {
  const ended = stubWorker((request, send) => {
    if (request.kind !== 'call') return;
    send({
      kind: 'fail',
      id: request.id,
      error: toWireError(new GraftError(code, 'For the test')),
    });
  });
  const trained = train(() => false);
  if (expected === 'moves') await expect(trained).resolves.toBeNull();
  else await expect(trained).rejects.toMatchObject({ code });
  expect(ended).toHaveBeenCalledOnce();
});
