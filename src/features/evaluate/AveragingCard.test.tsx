// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { DEFAULT_AUGMENTATION } from '../../domain/augmentation.ts';
import type { AveragedAccuracy } from '../../domain/averaging.ts';
import type { AppState } from '../../state/appState.ts';
import { EXAMPLE_PROJECT, exampleRun, withState } from '../../state/stateFixture.tsx';
import { AveragingCard } from './AveragingCard.tsx';

beforeAll(startI18n);
afterEach(cleanup);

const validation: AveragedAccuracy = {
  accuracy: 0.875,
  interval: { low: 0.6, high: 0.97 },
  lead: { value: 0.125, low: 0.02, high: 0.25 },
};
const run = exampleRun('r1');
const measuredRun = {
  ...run,
  averagings: [{ averaging: 'mirror', validation, test: null }],
} as const;

function show(state: Partial<AppState>, shown: typeof run = run) {
  render(
    withState(
      { project: EXAMPLE_PROJECT, ...state },
      <AveragingCard run={shown} part="validation" />,
    ),
  );
}

test('shows the photo as it is, and what was measured, each with its interval', () => {
  show({}, measuredRun);
  const card = screen.getByRole('region', { name: 'Average over views' }).textContent;
  // Of the example: three of four were right.
  expect(card).toContain('75.0% 30.1% to 95.4%');
  expect(card).toContain('87.5% 60.0% to 97.0%');
  expect(card).toContain('+12.5 points (+2.0 to +25.0): better, beyond chance.');
  expect(screen.getAllByText('Not measured yet')).toHaveLength(2);
});

test.each([
  [-0.01, 0.2, 'may be chance'],
  [-0.3, -0.1, 'worse, beyond chance'],
])('says what a difference from %d to %d means', (low, high, verdict) => {
  const lead = { value: (low + high) / 2, low, high };
  const averagings = [{ averaging: 'crops', validation: { ...validation, lead }, test: null }];
  show({}, { ...run, averagings } as typeof run);
  expect(screen.getByText(new RegExp(verdict, 'u'))).toBeTruthy();
});

test('lets one be chosen for predictions', () => {
  const setAveraging = vi.fn(() => Promise.resolve());
  show({ setAveraging });
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /as it is/u }).checked).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: /four corners/u }));
  expect(setAveraging).toHaveBeenCalledWith('crops');
});

test('offers no mirror images where flips change the class, and says why', () => {
  const augmentation = { ...DEFAULT_AUGMENTATION, flips: 'none' } as const;
  show({ project: { ...EXAMPLE_PROJECT, augmentation, averaging: 'mirror-and-crops' } });
  expect(screen.getAllByRole('radio')).toHaveLength(2);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /corners/u }).checked).toBe(true);
  expect(screen.getByText(/Mirror images are not offered/u)).toBeTruthy();
});

test('measures when asked, with progress that can be cancelled', () => {
  const measureAveragings = vi.fn(() => Promise.resolve());
  show({ measureAveragings });
  fireEvent.click(screen.getByRole('button', { name: 'Measure' }));
  expect(measureAveragings).toHaveBeenCalledWith(run);
  cleanup();
  const cancelAveraging = vi.fn();
  show({
    averagingStatus: { status: 'measuring', done: 5, total: 20, secondsLeft: 3 },
    cancelAveraging,
  });
  const bar = screen.getByRole('progressbar', { name: 'Computing views of held-out photos' });
  expect(bar.getAttribute('value')).toBe('0.25');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(cancelAveraging).toHaveBeenCalledOnce();
});
