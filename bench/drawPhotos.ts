import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createRandom } from '../src/domain/random.ts';
import type { PhotoFolder } from './photoFolders.ts';

export interface DrawSize {
  readonly trainPerClass: number;
  readonly testPerClass: number;
}

export interface Draw {
  readonly train: readonly PhotoFolder[];
  readonly test: readonly PhotoFolder[];
}

/** Photos to train on and others to test with, as many of each class. The same seed draws the same. */
export function drawPhotos(
  folders: readonly PhotoFolder[],
  { trainPerClass, testPerClass }: DrawSize,
  seed: number,
): Draw {
  const random = createRandom(seed);
  const shuffled = folders.map(({ className, files }) => {
    if (files.length < trainPerClass + testPerClass) {
      throw new Error(`There are only ${files.length} photos of ${className}`);
    }
    return { className, files: random.shuffled(files) };
  });
  const part = (start: number, end: number) =>
    shuffled.map(({ className, files }) => ({ className, files: files.slice(start, end) }));
  return {
    train: part(0, trainPerClass),
    test: part(trainPerClass, trainPerClass + testPerClass),
  };
}

/** Copies photos into class folders under `target`; a browser lists no links. */
export function copyPhotos(folders: readonly PhotoFolder[], target: string): void {
  for (const { className, files } of folders) {
    mkdirSync(join(target, className), { recursive: true });
    for (const file of files) copyFileSync(file, join(target, className, basename(file)));
  }
}
