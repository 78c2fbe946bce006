// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import type { LearningCurve } from '../../domain/learningCurve.ts';
import { TransferCurve } from './TransferCurve.tsx';

beforeAll(startI18n);
afterEach(cleanup);

const points = [0.6, 0.7, 0.75, 0.8].map((accuracy, index) => ({
  photosPerClass: 2 ** index,
  numDraws: index === 3 ? 1 : 3,
  accuracy,
  interval: { low: accuracy - 0.05, high: accuracy + 0.05 },
}));

function show(next: LearningCurve['next']) {
  render(<TransferCurve curve={{ points, next }} />);
  return screen.getByRole('status').textContent;
}

describe('the learning curve', () => {
  test('says what twice as many photos would bring, in words and in the table', () => {
    const next = { photosPerClass: 16, accuracy: 0.83, low: 0.78, high: 0.87 };
    expect(show(next)).toMatch(/16 per class.*83\.0%.*3 percentage points more.*78\.0% to 87\.0%/);
    expect(screen.getAllByRole('row').at(-1)?.textContent).toContain('16 (expected)83.0%');
    expect(screen.getByRole('img', { name: 'Accuracy by photos per class' })).toBeTruthy();
    expect(screen.getAllByRole('row')).toHaveLength(1 + points.length + 1);
  });

  test('says that it is flat', () => {
    const next = { photosPerClass: 16, accuracy: 0.805, low: 0.78, high: 0.83 };
    expect(show(next)).toContain('The curve is flat');
  });

  test('says that there are too few photos to tell', () => {
    expect(show(null)).toContain('too few photos');
    expect(screen.getAllByRole('row')).toHaveLength(1 + points.length);
  });
});
