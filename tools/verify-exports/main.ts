import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useTestBackend } from '../../src/engine/backendFixture.ts';
import { baseCases } from './baseCases.ts';
import { writeGoldenFolder } from './golden.ts';
import { layerCases } from './layerCases.ts';

const TOOLS = 'tools/verify-exports';
const OUTPUT = 'build/verify-exports';
/** Exit status of a check that lacks its packages. */
const SKIPPED = 77;

/** Exports, then runs every check of this folder; see README.md. Arguments: folders to check instead. */
async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const folders = given.length > 0 ? given : await exportAll();
  const python = findPython();
  for (const script of readdirSync(TOOLS).filter((file) => /^verify_\w+\.py$/.test(file))) {
    console.log(`\n${script}`);
    const { status } = spawnSync(python, [join(TOOLS, script), ...folders], { stdio: 'inherit' });
    if (status === null) console.log('skipped: needs Python');
    else if (status !== 0 && status !== SKIPPED) process.exitCode = 1;
  }
}

async function exportAll(): Promise<string[]> {
  rmSync(OUTPUT, { recursive: true, force: true });
  await useTestBackend('wasm');
  const folders: string[] = [];
  for (const cases of [layerCases(), baseCases()]) {
    for await (const each of cases) folders.push(await writeGoldenFolder(OUTPUT, each));
  }
  return folders;
}

function findPython(): string {
  const own = join(TOOLS, 'venv/bin/python');
  return process.env['PYTHON'] ?? (existsSync(own) ? own : 'python3');
}

await main();
