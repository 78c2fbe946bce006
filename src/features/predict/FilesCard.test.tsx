// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import type { AppState, PredictedFile } from '../../state/appState.ts';
import {
  EXAMPLE_LABELS,
  EXAMPLE_PROJECT,
  exampleRun,
  withState,
} from '../../state/stateFixture.tsx';
import { FilesCard } from './FilesCard.tsx';

beforeAll(startI18n);
beforeEach(() => {
  // jsdom lays nothing out; the table shows as many rows as fit into this height.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(640);
  // Not in jsdom either.
  HTMLElement.prototype.hidePopover = () => undefined;
  URL.createObjectURL = () => 'blob:picture';
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const answered = (fileName: string, ...probabilities: number[]): PredictedFile => ({
  fileName,
  picture: new Blob(['photo']),
  prediction: { status: 'predicted', probabilities },
});
const rejected: PredictedFile = {
  fileName: 'notes.txt',
  picture: new Blob(),
  prediction: { status: 'rejected', problem: 'not-an-image', detail: null },
};

function show(state: Partial<AppState>) {
  render(
    withState(
      { project: EXAMPLE_PROJECT, predictedLabels: EXAMPLE_LABELS, ...state },
      <FilesCard run={exampleRun('r1')} />,
    ),
  );
}

describe('FilesCard', () => {
  test('has a row for each answer and each problem', () => {
    show({ predictedFiles: [answered('a.jpg', 0.2, 0.8), rejected] });
    const rows = screen.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows[1]).toContain('a.jpgRose80.0%');
    expect(rows[2]).toContain('notes.txtNot an image');
    expect(screen.getByText('1 file without an answer')).toBeTruthy();
  });

  test('adds a photo to a class from its row', () => {
    const addPicture = vi.fn(() => Promise.resolve());
    const file = answered('a.jpg', 0.2, 0.8);
    show({ predictedFiles: [file], addPicture });
    expect(screen.getByRole('button', { name: 'Add a.jpg to a class' })).toBeTruthy();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Daisy', hidden: true }));
    expect(addPicture).toHaveBeenCalledWith(file.picture, 'daisy', 'prediction');
  });

  test('keeps only the rows in sight in the document', () => {
    const files = Array.from({ length: 5000 }, (_, index) => answered(`${index}.jpg`, 1, 0));
    show({ predictedFiles: files });
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('5001');
    const numRows = screen.getAllByRole('row').length;
    expect(numRows).toBeGreaterThan(10);
    expect(numRows).toBeLessThan(40);
  });

  test('shows progress and can be cancelled', () => {
    const cancelPrediction = vi.fn();
    show({ batch: { status: 'running', done: 16, total: 40 }, cancelPrediction });
    expect(screen.getByRole('progressbar', { name: 'Predicting' })).toBeTruthy();
    expect(screen.getAllByText('16 of 40 files')).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(cancelPrediction).toHaveBeenCalledOnce();
  });
});
