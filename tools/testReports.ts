/** Counts of a test run, with the names of what was skipped. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** The part of Vitest's JSON report that is read. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
}

/** The part of Playwright's JSON report that is read. */
export interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
}

interface TestOutcome {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
}

export function countVitest({ testResults }: VitestReport): TestCounts {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return count(
    tests.map(({ fullName, status }) => ({
      name: fullName,
      outcome: status === 'passed' || status === 'failed' ? status : 'skipped',
    })),
  );
}

export function countPlaywright({ suites }: PlaywrightReport): TestCounts {
  return count(suites.flatMap((suite) => outcomesOf(suite, [])));
}

/** Adds up runs. A runner that failed without naming a test counts as one failure. */
export function total(
  runs: readonly { readonly counts: TestCounts; readonly exitCode: number }[],
): TestCounts {
  const failures = runs.map(({ counts, exitCode }) =>
    exitCode === 0 ? counts.failed : Math.max(1, counts.failed),
  );
  return {
    passed: runs.reduce((sum, { counts }) => sum + counts.passed, 0),
    failed: failures.reduce((sum, failed) => sum + failed, 0),
    skipped: runs.flatMap(({ counts }) => counts.skipped),
  };
}

function outcomesOf(suite: PlaywrightSuite, parents: readonly string[]): TestOutcome[] {
  const titles = [...parents, suite.title];
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests.map(({ status }) => ({
      name: [...titles, title].join(' › '),
      // A flaky test passed at last.
      outcome: PLAYWRIGHT_OUTCOMES[status] ?? ('failed' as const),
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => outcomesOf(inner, titles))];
}

const PLAYWRIGHT_OUTCOMES: Readonly<Record<string, TestOutcome['outcome']>> = {
  expected: 'passed',
  flaky: 'passed',
  skipped: 'skipped',
};

function count(outcomes: readonly TestOutcome[]): TestCounts {
  return {
    passed: outcomes.filter(({ outcome }) => outcome === 'passed').length,
    failed: outcomes.filter(({ outcome }) => outcome === 'failed').length,
    skipped: outcomes.filter(({ outcome }) => outcome === 'skipped').map(({ name }) => name),
  };
}
