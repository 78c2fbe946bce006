import { spawnSync } from 'node:child_process';

/** The interpreter for programs that go along with exports. */
export const PYTHON = process.env['PYTHON'] ?? 'python3';

/** Whether it lacks one of these, or what every program needs. Without importing them, which takes TensorFlow seconds. */
export function isMissing(...packages: string[]): boolean {
  const program =
    'import sys; from importlib.util import find_spec; sys.exit(None in map(find_spec, sys.argv[1:]))';
  return spawnSync(PYTHON, ['-c', program, 'numpy', 'PIL', ...packages]).status !== 0;
}
