import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const python = process.env['PYTHON'] ?? 'python3';
const PACKAGES = ['numpy', 'PIL', 'sklearn', 'torch'];

function runPython(...args: readonly string[]) {
  // Two threads would fight with the other tests; compiled files have no place in the sources.
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
  return spawnSync(python, args, { cwd: 'tools/train-base', encoding: 'utf8', env });
}

function hasPackages(): boolean {
  const modules = PACKAGES.map((name) => `'${name}'`).join(', ');
  const script = `from importlib.util import find_spec; assert all(map(find_spec, [${modules}]))`;
  return runPython('-c', script).status === 0;
}

describe("the starter base's recipe", () => {
  it.skipIf(!hasPackages())(
    'passes its own tests (needs Python with torch)',
    { timeout: 300_000 },
    () => {
      const { status, stderr } = runPython('-m', 'unittest', 'discover');
      expect(stderr).toMatch(/Ran [1-9]\d* tests/);
      expect(status, stderr).toBe(0);
    },
  );
});
