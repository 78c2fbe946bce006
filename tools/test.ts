/** `npm test`: unit tests, then browser tests against the production build, then one line of counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, installChromium } from './chromium.ts';
import {
  countPlaywright,
  countVitest,
  total,
  type PlaywrightReport,
  type TestCounts,
  type VitestReport,
} from './testReports.ts';

interface Run {
  readonly counts: TestCounts;
  readonly exitCode: number;
}

const NO_REPORT: TestCounts = { passed: 0, failed: 0, skipped: [] };

const reportFolder = mkdtempSync(join(tmpdir(), 'graft-test-'));
try {
  report(total(await runAll()));
} finally {
  rmSync(reportFolder, { recursive: true });
}

async function runAll(): Promise<Run[]> {
  const unit = runUnitTests();
  const chromium = findChromium() ?? (await installChromium());
  console.log(`Chromium: ${chromium.path} (${chromium.origin})`);
  const buildExitCode = run('npm', ['run', 'build']);
  if (buildExitCode !== 0) return [unit, { counts: NO_REPORT, exitCode: buildExitCode }];
  return [unit, runBrowserTests(chromium.path)];
}

function runUnitTests(): Run {
  const file = join(reportFolder, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = run('vitest', ['run', ...reporters]);
  const counts = existsSync(file) ? countVitest(readJson(file) as VitestReport) : NO_REPORT;
  return { counts, exitCode };
}

function runBrowserTests(chromiumPath: string): Run {
  const file = join(reportFolder, 'browser.json');
  const exitCode = run(
    'playwright',
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    { CHROMIUM_PATH: chromiumPath, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  const counts = existsSync(file) ? countPlaywright(readJson(file) as PlaywrightReport) : NO_REPORT;
  return { counts, exitCode };
}

/** Runs a program of `node_modules/.bin`, which npm has put on the path. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function report({ passed, failed, skipped }: TestCounts): void {
  console.log('');
  for (const name of skipped) console.log(`skipped: ${name}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  if (failed > 0) process.exitCode = 1;
}
