import { expect, it, vi } from 'vitest';
import type { GoldenAnswers } from '../bridge/exportMethods.ts';
import { createHeadGolden } from './headGolden.ts';
import { exampleRun } from './stateFixture.tsx';

const golden: GoldenAnswers = {
  shape: [1, 1, 1, 3],
  pixels: new Blob([new Uint8Array(3)]),
  imageHashes: [],
  probabilities: Float32Array.of(1, 0),
};

function openAsking() {
  const base = vi.fn((method: string) =>
    Promise.resolve(method === 'drawGolden' ? { golden, files: [] } : golden),
  );
  return { base, ask: createHeadGolden(base) };
}

it('asks once for a model, and anew for another', async () => {
  const { base, ask } = openAsking();
  const first = await ask(exampleRun('run-1'));
  expect(first).toMatchObject({ numPhotos: 1, golden: { shape: [2, 1, 1, 3] } });
  expect(await ask(exampleRun('run-1'))).toBe(first);
  expect(base).toHaveBeenCalledTimes(2);
  await ask(exampleRun('run-2'));
  expect(base).toHaveBeenCalledTimes(4);
});

it('asks again after a failure', async () => {
  const { base, ask } = openAsking();
  base.mockRejectedValueOnce(new Error('gone'));
  await expect(ask(exampleRun('run-1'))).rejects.toThrow('gone');
  await expect(ask(exampleRun('run-1'))).resolves.toMatchObject({ numPhotos: 1 });
});
