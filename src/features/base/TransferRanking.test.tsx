// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import type { TransferCheck } from '../../state/transferState.ts';
import { exampleCheck } from './transferCheckFixture.ts';
import { TransferRanking } from './TransferRanking.tsx';
import { TransferVerdict } from './TransferVerdict.tsx';

beforeAll(startI18n);
afterEach(cleanup);

const OWN = 'Estimates from a base’s own classes';

/** The cells of each row of a table, the header left out. */
function rowsOf(name: string): readonly (readonly (string | null)[])[] {
  const rows = within(screen.getByRole('table', { name })).getAllByRole('row').slice(1);
  return rows.map((row) => [...row.children].map((cell) => cell.textContent));
}

function show(...checks: readonly TransferCheck[]) {
  render(<TransferRanking checks={checks} />);
}

const deep = { own: { nce: -0.8, leep: -0.9, numClasses: 1000 } };

describe('the ranking', () => {
  test('puts the best estimate first and says each one’s place beside what was measured', () => {
    show(
      exampleCheck('A', { logme: 0.1, hScore: 2.5, accuracy: 0.8 }),
      exampleCheck('B', { logme: 0.4, hScore: 1.5, accuracy: 0.7 }),
    );
    expect(rowsOf('Estimates and what was measured')).toEqual([
      ['B', 'out, Average', '0.4 #1', '1.5 #2', '70.0% #2'],
      ['A', 'out, Average', '0.1 #2', '2.5 #1', '80.0% #1'],
    ]);
  });

  test('has one row for each base by its own classes, with the best accuracy of its cuts', () => {
    show(
      exampleCheck('Deep', { logme: 0.1, hScore: 2, accuracy: 0.8, ...deep }),
      exampleCheck('Deep', {
        logme: 0.3,
        hScore: 2,
        accuracy: 0.9,
        layerNames: ['middle'],
        ...deep,
      }),
      exampleCheck('Headless', { logme: 0.2, hScore: 2, accuracy: 0.95 }),
      exampleCheck('Wide', { logme: 0.2, hScore: 2, accuracy: 0.7, own: { nce: -1, leep: -0.5 } }),
    );
    expect(rowsOf(OWN)).toEqual([
      ['Wide', '1,000', '-1 #2', '-0.5 #1', '70.0% #3'],
      ['Deep', '1,000', '-0.8 #1', '-0.9 #2', '90.0% #2'],
      ['Headless', '–none', '–none', '–none', '95.0% #1'],
    ]);
    expect(screen.getByText(/no classes of its own here/)).toBeTruthy();
    expect(screen.queryByText(/softmax/)).toBeNull();
  });

  test('says of plain values that a softmax was taken of them', () => {
    const own = { nce: -1, leep: -1, areLogits: true };
    show(exampleCheck('Plain', { logme: 0, hScore: 0, accuracy: 0.5, own }));
    expect(rowsOf(OWN)).toEqual([['Plain', '1,000', '-1', '-1', '50.0%']]);
    expect(screen.getByText(/as if they were logits/)).toBeTruthy();
  });

  test('says why there is nothing to compare where no base has classes of its own', () => {
    show(exampleCheck('Headless', { logme: 0, hScore: 0, accuracy: 0.5 }));
    expect(screen.queryByRole('table', { name: OWN })).toBeNull();
    expect(screen.getByText(/NCE and LEEP.*No base checked here has any/)).toBeTruthy();
  });
});

describe('without a control of random weights', () => {
  const found = { logme: 0, hScore: 0, accuracy: 0.5 };

  test('it is said of a graph that its weights cannot be drawn', () => {
    render(<TransferVerdict check={exampleCheck('Graph', { ...found, isOpaque: true })} />);
    expect(screen.getByText(/it runs as one graph/)).toBeTruthy();
  });

  test('it is said of others that random weights gave no numbers', () => {
    render(<TransferVerdict check={exampleCheck('Deep', found)} />);
    expect(screen.getByText(/beyond any usable number/)).toBeTruthy();
  });
});
