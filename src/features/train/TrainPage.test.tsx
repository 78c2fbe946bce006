// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { DEFAULT_GRADIENT_CONFIG, type GradientConfig } from '../../domain/headConfig.ts';
import type { ClassLabelId, RunId } from '../../domain/ids.ts';
import type { AppState } from '../../state/appState.ts';
import {
  EXAMPLE_EPOCHS,
  EXAMPLE_PROJECT,
  exampleRun,
  exampleSample,
  withState,
} from '../../state/stateFixture.tsx';
import { TrainPage } from './TrainPage.tsx';

// A canvas, which jsdom does not have; the numbers are checked in the table.
vi.mock('../../ui/charts/LineChart.tsx', () => ({
  LineChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

beforeAll(startI18n);
afterEach(cleanup);

const samples = [
  exampleSample('a', 'daisy' as ClassLabelId),
  exampleSample('b', 'daisy' as ClassLabelId),
  exampleSample('c', 'rose' as ClassLabelId),
];
const actions = {
  prepareBase: vi.fn(() => Promise.resolve()),
  startTraining: vi.fn(() => Promise.resolve()),
  cancelTraining: vi.fn(),
  selectRun: vi.fn(),
};

function show(state: Partial<AppState>) {
  render(withState({ project: EXAMPLE_PROJECT, samples, ...actions, ...state }, <TrainPage />));
}

describe('TrainPage', () => {
  test('trains with one button', () => {
    show({});
    expect(screen.getByText('3 photos in 2 classes, on the base starter.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Train' }));
    expect(actions.startTraining).toHaveBeenCalledOnce();
  });

  test('asks for a second class and leads to Collect', () => {
    show({ samples: samples.slice(0, 2) });
    expect(screen.queryByRole('button', { name: 'Train' })).toBeNull();
    const link = screen.getByRole('link', { name: 'Go to Collect' });
    expect(link.getAttribute('href')).toMatch(/collect$/);
  });

  test('shows how far computing is, how fast and what was reused, and can be cancelled', () => {
    const progress = {
      done: 30,
      total: 120,
      reused: 7,
      photosPerSecond: 96.4,
      backend: 'wasm',
      adapter: null,
    } as const;
    show({ training: { status: 'computing', progress, secondsLeft: 12 } });
    expect(screen.getByText(/30 of 120 photos · 96 photos\/s · about 12 sec left/)).toBeTruthy();
    expect(screen.getByText('On WebAssembly · 7 computed before and reused')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(actions.cancelTraining).toHaveBeenCalledOnce();
    expect(screen.getByRole('button', { name: 'Train' })).toHaveProperty('disabled', true);
  });

  test('has each epoch in a table while fitting, and can be stopped', () => {
    const runId = 'r1' as RunId;
    show({
      training: { status: 'fitting', runId, search: null, epochs: EXAMPLE_EPOCHS, totalEpochs: 30 },
    });
    const table = within(screen.getByRole('table', { name: 'Loss and accuracy of each epoch' }));
    expect(table.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
      'EpochTraining accuracyValidation accuracyTraining lossValidation loss',
      '150.0%25.0%0.70.8',
      '2100.0%75.0%0.10.4',
    ]);
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
  });

  test('tells which fit of the search it is at, then iterations without an end', () => {
    const runId = 'r1' as RunId;
    const fitting = { status: 'fitting', runId, epochs: [], totalEpochs: null } as const;
    show({ training: { ...fitting, search: { done: 6, total: 36 } } });
    expect(screen.getByRole('status').textContent).toBe('Fit 7 of 36');
    expect(screen.getByRole('progressbar')).toHaveProperty('value', 6 / 36);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(actions.cancelTraining).toHaveBeenCalled();
    cleanup();
    show({ training: { ...fitting, search: null } });
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    cleanup();
    show({ training: { ...fitting, search: null, epochs: EXAMPLE_EPOCHS } });
    expect(screen.getAllByText('Iteration 2').length).toBeGreaterThan(0);
    expect(screen.getByRole('table', { name: 'Loss and accuracy of each iteration' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
  });

  test('says what changed since the run', () => {
    show({ runs: [exampleRun('r1')] });
    expect(screen.getByText(/Since this run 3 photos were added\./)).toBeTruthy();
  });

  test('shows no accuracy where no photo was held out', () => {
    show({ runs: [exampleRun('r1', { validation: null, test: null })] });
    expect(
      screen.getByText('No photo was held out, so there is no accuracy to show.'),
    ).toBeTruthy();
  });

  test('chooses and compares runs', () => {
    const slow = { ...exampleRun('r1'), durationMs: 9000 };
    show({ runs: [exampleRun('r2'), slow] });
    const runs = within(screen.getByRole('region', { name: 'Runs' }));
    fireEvent.click(runs.getByRole('radio', { name: /^Run 1/ }));
    expect(actions.selectRun).toHaveBeenCalledWith('r1');

    for (const box of runs.getAllByRole('checkbox')) fireEvent.click(box);
    const seconds = runs.getByRole('rowheader', { name: 'Training seconds' }).closest('tr');
    expect(seconds?.textContent).toBe('Training seconds1.29');
    expect(seconds?.querySelectorAll('[data-differs="true"]')).toHaveLength(2);
    const seeds = runs.getByRole('rowheader', { name: 'Seed' }).closest('tr');
    expect(seeds?.querySelectorAll('[data-differs="true"]')).toHaveLength(0);
  });

  test('shows what an exact fit chose, and nothing where a method has no such setting', () => {
    const exact = { ...exampleRun('r2'), chosen: { scaling: 'centred', l2: 0.012 } } as const;
    const gradient = { ...exampleRun('r1'), config: DEFAULT_GRADIENT_CONFIG };
    show({ runs: [exact, gradient] });
    const runs = within(screen.getByRole('region', { name: 'Runs' }));
    expect(runs.getByText(/Exact, scaling: Centred, L2 0\.012/)).toBeTruthy();
    expect(runs.getByText(/30 epochs, batch 32, learning rate 0\.001/)).toBeTruthy();
    for (const box of runs.getAllByRole('checkbox')) fireEvent.click(box);
    const rowOf = (name: string) =>
      runs.getByRole('rowheader', { name }).closest('tr')?.textContent;
    expect(rowOf('Method')).toBe('MethodExactGradient descent');
    expect(rowOf('Scaling')).toBe('ScalingCentredStandardised');
    expect(rowOf('L2 penalty')).toBe('L2 penalty0.0120.03');
    expect(rowOf('Batch size')).toBe('Batch sizenone32');
  });

  test('compares the advanced settings that one of the runs has', () => {
    const layer = { units: 100, activation: 'relu', hasBatchNorm: true, dropout: 0.2 } as const;
    const config: GradientConfig = {
      ...DEFAULT_GRADIENT_CONFIG,
      hiddenLayers: [layer, { ...layer, units: 8, hasBatchNorm: false, dropout: 0 }],
      clipping: { kind: 'value', clipLimit: 1 },
    };
    show({ runs: [exampleRun('r2'), { ...exampleRun('r1'), config }] });
    const runs = within(screen.getByRole('region', { name: 'Runs' }));
    for (const box of runs.getAllByRole('checkbox')) fireEvent.click(box);
    const rowOf = (name: string) =>
      runs.queryByRole('rowheader', { name })?.closest('tr')?.textContent;
    expect(rowOf('Hidden layers')).toBe(
      'Hidden layersnone100 ReLU · Batch norm · dropout 20% → 8 ReLU',
    );
    expect(rowOf('Gradient clipping')).toBe('Gradient clippingnoneEach number');
    expect(rowOf('Label smoothing')).toBeUndefined();
  });

  test('tells a failure in words', () => {
    show({ training: { status: 'failed', failure: { code: 'loss-not-finite', details: {} } } });
    expect(screen.getByRole('alert').textContent).toContain('Lower the learning rate');
  });
});
