// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import type { HeldOutOutcomes } from '../../domain/head.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { AppState } from '../../state/appState.ts';
import {
  EXAMPLE_EVALUATION,
  EXAMPLE_PROJECT,
  exampleRun,
  exampleSample,
  withState,
} from '../../state/stateFixture.tsx';
import { ThumbnailUrls, ThumbnailUrlsContext } from '../../ui/thumbnailUrls.ts';
import { EvaluatePage } from './EvaluatePage.tsx';

beforeAll(startI18n);
beforeEach(() => {
  // Not in jsdom.
  HTMLElement.prototype.hidePopover = () => undefined;
});
afterEach(cleanup);

const outcomes = {
  sampleIds: ['a', 'b', 'c', 'd'],
  imageHashes: ['a', 'b', 'c', 'd'],
  parts: ['validation', 'validation', 'validation', 'validation'],
  trueIndices: [0, 0, 1, 1],
  probabilities: Float32Array.from([0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.6, 0.4]),
} as unknown as HeldOutOutcomes;

function show(state: Partial<AppState>) {
  const loadOutcomes = () => Promise.resolve(outcomes);
  render(
    withState(
      { project: EXAMPLE_PROJECT, loadOutcomes, ...state },
      <ThumbnailUrlsContext value={new ThumbnailUrls(() => Promise.resolve(null))}>
        <EvaluatePage />
      </ThumbnailUrlsContext>,
    ),
  );
}

describe('EvaluatePage', () => {
  test('sends those without a model to Train', () => {
    show({ runs: [] });
    expect(screen.getByRole('link', { name: 'Go to Train' }).getAttribute('href')).toMatch(
      /train$/,
    );
  });

  test('says that nothing was held out instead of showing a number', () => {
    show({ runs: [exampleRun('r1', { validation: null, test: null })] });
    expect(screen.getByRole('heading', { name: 'No photo was held out' })).toBeTruthy();
    expect(document.body.textContent).not.toContain('%');
  });

  test('shows accuracy with its number of photos and interval', () => {
    show({ runs: [exampleRun('r1')] });
    const accuracy = within(screen.getByRole('region', { name: 'Accuracy' }));
    expect(accuracy.getByText('75.0%')).toBeTruthy();
    expect(accuracy.getByText('right on 4 photos held out for validation')).toBeTruthy();
    expect(accuracy.getByText(/95% interval: 30.1% to 95.4%/)).toBeTruthy();
  });

  test('switches between test and validation where there are both, test first', () => {
    show({
      runs: [exampleRun('r1', { validation: EXAMPLE_EVALUATION, test: EXAMPLE_EVALUATION })],
    });
    expect(screen.getByText('right on 4 photos held out for the test')).toBeTruthy();
    fireEvent.click(screen.getByRole('tab', { name: 'Validation' }));
    expect(screen.getByText('right on 4 photos held out for validation')).toBeTruthy();
  });

  test('opens the photos of a cell, to be moved or deleted', async () => {
    const moveSamples = vi.fn(() => Promise.resolve());
    const deleteSamples = vi.fn(() => Promise.resolve());
    const samples = [exampleSample('d', 'rose' as ClassLabelId)];
    show({ runs: [exampleRun('r1')], samples, moveSamples, deleteSamples });
    const matrix = within(screen.getByRole('table', { name: /true class \(rows\)/ }));
    fireEvent.click(matrix.getByRole('button', { name: 'Rose taken for Daisy: 1 photo' }));

    const photo = within(await screen.findByRole('article', { name: 'd.jpg' }));
    expect(photo.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Daisy60%',
      'Rose40%',
    ]);
    fireEvent.click(photo.getByRole('menuitemradio', { name: 'Daisy', hidden: true }));
    expect(moveSamples).toHaveBeenCalledWith(['d'], 'daisy');
    fireEvent.click(photo.getByRole('button', { name: 'Delete d.jpg' }));
    expect(deleteSamples).toHaveBeenCalledWith(['d']);
  });

  test('lists precision, recall, F1 and support, and both averages', () => {
    show({ runs: [exampleRun('r1')] });
    const table = within(screen.getByRole('region', { name: 'By class' }));
    const rows = table.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toEqual([
      'ClassPrecisionRecallF1Support',
      'Daisy66.7%100.0%80.0%2',
      'Rose100.0%50.0%66.7%2',
      'Macro average83.3%75.0%73.3%4',
      'Weighted average83.3%75.0%73.3%4',
    ]);
  });

  test('compares with another run', () => {
    show({ runs: [exampleRun('r2'), exampleRun('r1')] });
    fireEvent.change(screen.getByLabelText('Compare with'), { target: { value: 'r1' } });
    expect(screen.getAllByText('75.0%').length).toBeGreaterThan(1);
    expect(screen.getByText(/intervals overlap/)).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: 'F1 of the other run' })).toBeTruthy();
  });
});
