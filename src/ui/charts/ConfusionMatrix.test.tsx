// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';

afterEach(cleanup);

function show() {
  const onSelect = vi.fn();
  render(
    <ConfusionMatrix
      caption="Counts"
      trueHeading="True"
      predictedHeading="Predicted"
      classNames={['cat', 'dog']}
      matrix={[
        [7, 1],
        [2, 6],
      ]}
      formatCount={String}
      cellLabel={({ trueIndex, predictedIndex }, count) =>
        `${String(trueIndex)} as ${String(predictedIndex)}: ${String(count)}`
      }
      selected={{ trueIndex: 1, predictedIndex: 0 }}
      onSelect={onSelect}
    />,
  );
  return onSelect;
}

describe('ConfusionMatrix', () => {
  test('is a table with a row for each true class', () => {
    show();
    expect(screen.getByRole('table', { name: 'Counts' })).toBeTruthy();
    const rows = screen.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toEqual(['Predicted', 'Truecatdog', 'cat71', 'dog26']);
    expect(screen.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual([
      'cat',
      'dog',
    ]);
  });

  test('marks the chosen cell and reports another', () => {
    const onSelect = show();
    const chosen = screen.getByRole('button', { name: '1 as 0: 2' });
    expect(chosen.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: '0 as 1: 1' }));
    expect(onSelect).toHaveBeenCalledWith({ trueIndex: 0, predictedIndex: 1 });
  });

  test('is one tab stop, in which arrow keys move and stop at the edge', () => {
    show();
    const cells = screen.getAllByRole('button');
    expect(cells.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1]);
    cells[0]?.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) {
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
    }
    expect(document.activeElement?.getAttribute('aria-label')).toBe('1 as 1: 6');
    expect(screen.getAllByRole('button').map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, -1, 0]);
  });
});
