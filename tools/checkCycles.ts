/** Fails when files of `src` import each other in a circle. Part of `npm run lint`. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { findCycle } from './findCycle.ts';

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.') && /\.tsx?$/.test(name))
    .map((name) => normalize(join(dirname(file), name)));
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join('src', name));
const cycle = findCycle(new Map(files.map((file) => [file, importsOf(file)])));
if (cycle !== null) {
  console.error(`Import cycle: ${cycle.join(' → ')}`);
  process.exitCode = 1;
}
