import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundledBases } from '../../src/catalogue/readBundledBases.ts';
import type { BaseModel } from '../../src/domain/baseModel.ts';

/** The bases that lie in `root` beside the starter, as the app finds them. */
export function readIndex(root: string): readonly BaseModel[] {
  const path = join(root, 'index.json');
  return existsSync(path) ? readBundledBases(JSON.parse(readFileSync(path, 'utf8'))) : [];
}

/** Puts a base into the index, in place of one of the same id. */
export function addToIndex(root: string, base: BaseModel): void {
  writeIndex(root, [...readIndex(root).filter(({ id }) => id !== base.id), base]);
}

/** Removes a base and its files; `false` where there is none of that id. */
export function removeFromIndex(root: string, id: string): boolean {
  const bases = readIndex(root);
  const left = bases.filter((base) => base.id !== id);
  if (left.length === bases.length) return false;
  writeIndex(root, left);
  rmSync(join(root, id), { recursive: true, force: true });
  return true;
}

function writeIndex(root: string, bases: readonly BaseModel[]): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'index.json'), `${JSON.stringify(bases, null, 2)}\n`);
}
