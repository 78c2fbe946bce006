import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useTestBackend } from '../../src/engine/backendFixture.ts';
import { baseCases } from './baseCases.ts';
import { browserData } from './browserData.ts';
import { browserExports } from './browserExports.ts';
import { writeDataCase } from './dataCase.ts';
import { writeGoldenFolder } from './golden.ts';
import { layerCases } from './layerCases.ts';
import { writeProgramFolder } from './programCase.ts';

const TOOLS = 'tools/verify-exports';
const OUTPUT = 'build/verify-exports';
/** Exit status of a check that lacks its packages. */
const SKIPPED = 77;
/** Of one that found no files of its own. */
const NOTHING = 78;
/** They look at none but their own files. */
const OF_OWN_FILES = ['verify_int8.py', 'verify_job.py'];

/** Exports, then runs every check of this folder; see README.md. Arguments: zips or folders to check instead. */
async function main(): Promise<void> {
  await useTestBackend('wasm');
  rmSync(OUTPUT, { recursive: true, force: true });
  const given = process.argv.slice(2);
  const areGiven = given.length > 0;
  const folders = areGiven ? await Promise.all(given.map(foldersOf)) : [await exportAll()];
  const python = findPython();
  const scripts = readdirSync(TOOLS).filter((file) => /^verify_\w+\.py$/.test(file));
  const wanted = scripts.filter((script) => !areGiven || !OF_OWN_FILES.includes(script));
  const statuses = wanted.map((script) => {
    console.log(`\n${script}`);
    const args = [join(TOOLS, script), ...folders.flat()];
    const { status } = spawnSync(python, args, { stdio: 'inherit' });
    if (status === null) console.log('skipped: needs Python');
    return status ?? SKIPPED;
  });
  const isNothing = (status: number) => status === NOTHING;
  const isFine = (status: number) =>
    status === 0 || status === SKIPPED || (areGiven && isNothing(status));
  if (!statuses.every(isFine) || statuses.every(isNothing)) process.exitCode = 1;
}

/** A golden folder is one already; from an exported zip, or whatever the browser test left, some are made. */
async function foldersOf(folder: string): Promise<string[]> {
  if (existsSync(join(folder, 'golden.json'))) return [folder];
  if (folder.endsWith('.zip')) return browserExports(OUTPUT, folder);
  return [...(await browserExports(OUTPUT, folder)), await browserData(OUTPUT, folder)];
}

async function exportAll(): Promise<string[]> {
  const folders = [await writeDataCase(OUTPUT)];
  for (const cases of [layerCases(), baseCases()]) {
    for await (const each of cases) folders.push(await writeGoldenFolder(OUTPUT, each));
  }
  return [...folders, await writeProgramFolder(OUTPUT)];
}

function findPython(): string {
  const own = join(TOOLS, 'venv/bin/python');
  return process.env['PYTHON'] ?? (existsSync(own) ? own : 'python3');
}

await main();
