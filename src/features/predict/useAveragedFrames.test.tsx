// @vitest-environment jsdom
import { act, cleanup, render, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import type { Averaging } from '../../domain/averaging.ts';
import type { HeadId } from '../../domain/ids.ts';
import type { AppState } from '../../state/appState.ts';
import { EXAMPLE_PROJECT, withState } from '../../state/stateFixture.tsx';
import { FrameCost } from './FrameCost.tsx';
import { useAveragedFrames } from './useAveragedFrames.ts';

beforeAll(startI18n);
afterEach(cleanup);

type PredictFrame = AppState['predictFrame'];

/** Answers frames, one after so long each; gives what they were averaged over. */
async function answer(averaging: Averaging, durationsMs: readonly number[]) {
  const left = [...durationsMs];
  const predictFrame = vi.fn<PredictFrame>(() =>
    Promise.resolve({ probabilities: [1], durationMs: left.shift() ?? 0 }),
  );
  const state = { project: { ...EXAMPLE_PROJECT, averaging }, predictFrame };
  const { result } = renderHook(() => useAveragedFrames('head' as HeadId), {
    wrapper: ({ children }) => withState(state, <>{children}</>),
  });
  while (left.length > 0) await act(() => result.current.predict({} as ImageBitmap));
  render(<FrameCost frames={result.current} />);
  return predictFrame.mock.calls.map(([, asked]) => asked);
}

test('averages once it is known to be quick, whatever loading took', async () => {
  expect(await answer('mirror-and-crops', [2000, 50, 12, 120, 120])).toEqual([
    'none',
    'none',
    'none',
    'mirror-and-crops',
    'mirror-and-crops',
  ]);
  expect(screen.getByRole('status').textContent).toBe('Mean over 10 views of each frame.');
});

test('answers frames as they are where averaging would be slow, and says so', async () => {
  expect(await answer('crops', [900, 300, 310, 300, 300])).toEqual(Array(5).fill('none'));
  expect(screen.getByRole('status').textContent).toContain(
    'averaging over 5 views would take about 1,500 ms',
  );
});

test('says nothing where there is one view', async () => {
  expect(await answer('none', [5, 5, 5])).toEqual(Array(3).fill('none'));
  expect(screen.queryByRole('status')).toBeNull();
});
