// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveText } from './LiveText.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('announces the newest text, not every text', () => {
  const { rerender } = render(<LiveText text="epoch 1" intervalMs={1000} />);
  rerender(<LiveText text="epoch 2" intervalMs={1000} />);
  act(() => {
    vi.advanceTimersByTime(500);
  });
  rerender(<LiveText text="epoch 3" intervalMs={1000} />);
  expect(screen.getByRole('status').textContent).toBe('epoch 1');
  act(() => {
    vi.advanceTimersByTime(600);
  });
  expect(screen.getByRole('status').textContent).toBe('epoch 3');
});
