import { PHOTO_KINDS, writePhotoTree } from './generatedPhotos.ts';
import type { Screens } from './screens.ts';

/** A new project with generated photos of the three kinds, dropped as a folder of class folders. */
export async function collectGenerated(
  { projects, collect }: Screens,
  folder: string,
  photosPerKind: number,
): Promise<void> {
  writePhotoTree(folder, photosPerKind, 1);
  await projects.open();
  await projects.create('Patterns');
  await collect.drop(folder);
  await collect.expectNumPhotos(photosPerKind * PHOTO_KINDS.length);
}
