import { basename, join } from 'node:path';
import type { SplitAssignment } from '../../src/domain/project.ts';
import { readPhotoFolders } from '../photoFolders.ts';
import type { PhotoGroup } from './page/experiment.ts';

/** The class folders under `photos`, which the bench's server has under `/photos/`, for the app's own split. */
export function photoGroups(photos: string): readonly PhotoGroup[] {
  return groupsIn(photos, '/photos', 'auto');
}

/** The same of a folder with `train` and `test` in it; what is in `test` is held out. */
export function partedGroups(photos: string): readonly PhotoGroup[] {
  return [
    ...groupsIn(join(photos, 'train'), '/photos/train', 'train'),
    ...groupsIn(join(photos, 'test'), '/photos/test', 'validation'),
  ];
}

function groupsIn(folder: string, address: string, split: SplitAssignment): readonly PhotoGroup[] {
  return readPhotoFolders(folder).map(({ className, files }) => ({
    className,
    split,
    addresses: files.map(
      (file) => `${address}/${encodeURIComponent(className)}/${encodeURIComponent(basename(file))}`,
    ),
  }));
}
