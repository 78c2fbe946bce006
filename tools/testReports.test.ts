import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, total } from './testReports.ts';

describe('countVitest', () => {
  it('counts by outcome and names what was skipped', () => {
    const assertionResults = [
      { fullName: 'adds', status: 'passed' },
      { fullName: 'divides', status: 'failed' },
      { fullName: 'reads weights (needs GRAFT_ASSETS)', status: 'skipped' },
      { fullName: 'later', status: 'pending' },
    ];
    expect(countVitest({ testResults: [{ assertionResults }] })).toEqual({
      passed: 1,
      failed: 1,
      skipped: ['reads weights (needs GRAFT_ASSETS)', 'later'],
    });
  });
});

describe('countPlaywright', () => {
  it('walks nested suites and takes unknown statuses for failures', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const suites = [
      {
        title: 'flowers.spec.ts',
        specs: [spec('opens', 'expected'), spec('retries', 'flaky'), spec('breaks', 'unexpected')],
        suites: [{ title: 'flowers', specs: [spec('trains', 'skipped')] }],
      },
    ];
    expect(countPlaywright({ suites })).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['flowers.spec.ts › flowers › trains'],
    });
  });
});

describe('total', () => {
  const clean = { passed: 3, failed: 0, skipped: ['x'] };

  it('adds up', () => {
    const runs = [
      { counts: clean, exitCode: 0 },
      { counts: { passed: 1, failed: 2, skipped: ['y'] }, exitCode: 1 },
    ];
    expect(total(runs)).toEqual({ passed: 4, failed: 2, skipped: ['x', 'y'] });
  });

  it('counts a runner that fell over without naming a test', () => {
    expect(total([{ counts: clean, exitCode: 1 }]).failed).toBe(1);
  });
});
