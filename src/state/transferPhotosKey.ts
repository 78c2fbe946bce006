import { cutKey } from '../domain/cut.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { TransferSubject } from './transferState.ts';
import { runSamples } from './runSubject.ts';

/** Differs whenever the photos that a check would use, or their classes, do. */
export function transferPhotosKey(project: Project, samples: readonly Sample[]): string {
  const trained = runSamples(project, samples).filter(({ part }) => part === 'train');
  const photos = trained.map(({ imageHash, classIndex }) => `${imageHash} ${String(classIndex)}`);
  return [project.id, project.framing, project.headConfig.seed, ...photos.toSorted()].join('|');
}

/** Whether both are of one base and cut. */
export function isSameSubject(
  a: Pick<TransferSubject, 'baseId' | 'cut'>,
  b: Pick<TransferSubject, 'baseId' | 'cut'>,
): boolean {
  return a.baseId === b.baseId && cutKey(a.cut) === cutKey(b.cut);
}

/** The new one first, without what it replaces and what cannot be compared with it. */
export function withNewest<Found extends TransferSubject>(
  found: Found,
  others: readonly Found[],
): readonly Found[] {
  const kept = others.filter(
    (each) => each.photosKey === found.photosKey && !isSameSubject(each, found),
  );
  return [found, ...kept];
}
