import { basename } from 'node:path';
import type { PhotoFolder } from '../photoFolders.ts';
import type { PhotoGroup } from './page/experiment.ts';

/** Where the bench's server has the photos of class folders, for the app's own split. */
export function photoGroups(folders: readonly PhotoFolder[]): readonly PhotoGroup[] {
  return folders.map(({ className, files }) => ({
    className,
    split: 'auto',
    addresses: files.map(
      (file) => `/photos/${encodeURIComponent(className)}/${encodeURIComponent(basename(file))}`,
    ),
  }));
}
