import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface PhotoFolder {
  readonly className: string;
  /** Paths on this machine, sorted. */
  readonly files: readonly string[];
}

/** The class folders of `folder`, sorted by name, each with its JPEG, PNG and WebP files. */
export function readPhotoFolders(folder: string): PhotoFolder[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      className: name,
      files: readdirSync(join(folder, name))
        .filter((file) => /\.(jpe?g|png|webp)$/i.test(file))
        .sort()
        .map((file) => join(folder, name, file)),
    }))
    .sort((a, b) => (a.className < b.className ? -1 : 1));
}

export function countPhotos(folders: readonly PhotoFolder[]): number {
  return folders.reduce((sum, { files }) => sum + files.length, 0);
}
